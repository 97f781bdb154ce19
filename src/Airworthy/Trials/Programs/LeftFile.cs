namespace Airworthy.Trials.Programs;

/// <summary>A file, folder or link that a run left behind.</summary>
/// <param name="Kind">What it is, by the letter of <c>find</c>: <c>f</c> file, <c>d</c> folder, <c>l</c> link, <c>p</c> pipe, <c>s</c> socket.</param>
/// <param name="Mode">Its permissions, octal.</param>
/// <param name="Size">Its length in bytes; 0 for what is no file.</param>
/// <param name="Content">Its text where it is text of up to 64 KiB, else its SHA-256 in hexadecimal; null when it can't be read, is no file, or beyond the bound of one run.</param>
/// <param name="Target">What a link points to; null for others.</param>
/// <param name="SameAs">Another path that is the same file (a hard link), the first in order; null when there is none.</param>
/// <param name="Kept">Its time of modification where it lies before the run began, as seconds since 1970; null when the run gave it another.</param>
public sealed record LeftFile(string Kind, string Mode, long Size, string? Content, string? Target, string? SameAs, string? Kept);
