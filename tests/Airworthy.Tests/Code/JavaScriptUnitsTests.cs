using Airworthy.Code;
using Airworthy.Model;
using CsCheck;
using Xunit;

namespace Airworthy.Tests.Code;

/// <summary>JavaScript's functions by a parser; what it can't read (TypeScript, JSX) by the look of the text.</summary>
public class JavaScriptUnitsTests
{
    [Fact]
    public void Functions_methods_and_named_arrows_are_units_and_callbacks_belong_to_the_one_around()
    {
        var units = Read("a.mjs", """
            export function split(sum, parts) {
              return parts.map(part => {
                return sum / part;
              });
            }

            export default class Pay {
              #rate = of => of * 2;

              async give(of) {
                const inner = () => {
                  return of;
                };
                return inner();
              }

              get total() { return 1; }
            }

            const later = async () =>
              1;

            module.exports.old = function () { return 2; };
            """);

        Assert.Equal(
            [("split", 1, 5), ("Pay.#rate", 8, 8), ("Pay.give", 10, 15), ("Pay.give.inner", 11, 13), ("Pay.total", 17, 17), ("later", 20, 21), ("old", 23, 23)],
            units);
    }

    [Fact]
    public void A_script_that_is_no_module_is_read() => Assert.Equal([("f", 1, 1)], Read("a.js", "function f() { var await = 010; }"));

    [Fact]
    public void TypeScript_is_read_by_its_look() =>
        Assert.Equal([("split", 1, 3)], Read("a.ts", "export function split(sum: number): number {\n  return sum;\n}\n"));

    [Fact]
    public void No_text_makes_it_fall() => Gen.OneOf(Gen.String[0, 200], Gen.Int[1, 4000].Select(depth => new string('(', depth) + "()=>{")).Sample(text => Read("a.js", text).Length >= 0, iter: 300);

    private static (string, int, int)[] Read(string path, string text) =>
        [.. CodeUnits.Read(new RepoPath(path), text).Select(unit => (unit.Name, unit.Span.Start, unit.Span.End))];
}
