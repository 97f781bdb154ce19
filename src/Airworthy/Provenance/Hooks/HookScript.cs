using System.Collections.Immutable;

namespace Airworthy.Provenance.Hooks;

/// <summary>
/// The hooks as shell scripts. Each runs the hook that was there before, with its arguments and input, and ends as that ended; nothing of
/// Airworthy's own makes git fail or speak. They start <c>airworthy</c> only when there is something to carry.
/// </summary>
internal static class HookScript
{
    /// <summary>What is added to the name of a hook that was there before.</summary>
    public const string Before = ".before-airworthy";

    private const string Mark = "# A hook of Airworthy:";

    private const string Head = $$"""
        #!/bin/sh
        {{Mark}} keeps the record of who wrote which line through rewritten history.
        # Changes here are lost; 'airworthy hooks uninstall' takes it away and puts back the hook that was here before.

        # Hooks of other tools look for their own name in $0, so a shell script is read under ours.
        before() {
            [ -x "$0.before-airworthy" ] || return 0
            case $(sed -n '1{/^#!/p;q;}' "$0.before-airworthy") in
                '#!/bin/sh' | '#!/usr/bin/env sh') sh -c '. "$0.before-airworthy"' "$0" "$@" ;;
                '#!/bin/bash' | '#!/usr/bin/env bash') bash -c '. "$0.before-airworthy"' "$0" "$@" ;;
                *) "$0.before-airworthy" "$@" ;;
            esac
        }

        """;

    // post-rewrite: amend and rebase tell their pairs on standard input, for both to read.
    private const string PostRewrite = Head + """
        pairs=$(cat)
        printf '%s\n' "$pairs" | before "$@"
        ended=$?
        if git rev-parse --quiet --verify refs/notes/ai >/dev/null 2>&1 && command -v airworthy >/dev/null 2>&1; then
            printf '%s\n' "$pairs" | airworthy provenance rewritten >/dev/null 2>&1
        fi
        exit $ended

        """;

    // What is picked or squashed is known only before the commit; a rebase tells by itself.
    private const string PrepareCommitMessage = Head + """
        before "$@" || exit $?
        place=$(git rev-parse --git-dir 2>/dev/null) || exit 0
        rm -f "$place/airworthy-origins" 2>/dev/null
        if [ -d "$place/rebase-merge" ] || [ -d "$place/rebase-apply" ]; then
            exit 0
        fi
        origins=$(git rev-parse --quiet --verify CHERRY_PICK_HEAD 2>/dev/null)
        if [ -z "$origins" ] && [ -f "$place/SQUASH_MSG" ]; then
            origins=$(sed -n 's/^commit \([0-9a-f]\{40,64\}\)$/\1/p' "$place/SQUASH_MSG" 2>/dev/null)
        fi
        if [ -n "$origins" ]; then
            printf '%s\n' "onto $(git rev-parse --quiet --verify HEAD 2>/dev/null)" $origins >"$place/airworthy-origins" 2>/dev/null
        fi
        exit 0

        """;

    private const string PostCommit = Head + """
        before "$@"
        ended=$?
        place=$(git rev-parse --git-dir 2>/dev/null)
        if [ -f "$place/airworthy-origins" ]; then
            made=$(git rev-parse --quiet --verify HEAD 2>/dev/null)
            onto=$(git rev-parse --quiet --verify HEAD^ 2>/dev/null)
            if [ "$(head -n 1 "$place/airworthy-origins")" = "onto $onto" ] && command -v airworthy >/dev/null 2>&1; then
                sed -e 1d -e "s/\$/ $made/" "$place/airworthy-origins" | airworthy provenance rewritten >/dev/null 2>&1
            fi
            rm -f "$place/airworthy-origins" 2>/dev/null
        fi
        exit $ended

        """;

    /// <summary>The name and text of each hook.</summary>
    public static ImmutableArray<(string Name, string Text)> All { get; } =
        [("post-commit", PostCommit), ("post-rewrite", PostRewrite), ("prepare-commit-msg", PrepareCommitMessage)];

    /// <summary>True when a text is one of these, of any version.</summary>
    public static bool IsOurs(string text) => text.Contains(Mark, StringComparison.Ordinal);
}
