using Microsoft.Playwright;
using Xunit;

namespace Airworthy.EndToEnd.Tests.Pages;

public sealed class PagesTests(PagesFixture pages)
{
    public static TheoryData<string, string> Pages() => new()
    {
        { "", "Coupons" },
        { "incidents", "FormatException" },
        { "INCIDENT", "Coupons.Percent" },
        { "changes", "Read percentages of coupons" },
        { "changes?state=suspect&authorship=Ai", "Read percentages of coupons" },
        { "CHANGE", "claude-code" },
        { "lessons", "culture" },
        { "services", "shop" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_page_shows_its_facts_and_no_text_comes_to_life(string path, string fact)
    {
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 375) })
        {
            await using var context = await OpenAsync(scheme, width);
            var page = await context.NewPageAsync();
            var complaints = new List<string>();
            page.Console += (_, message) => complaints.Add($"{message.Type}: {message.Text}");
            page.PageError += (_, error) => complaints.Add(error);
            await page.GotoAsync(Address(path));

            Assert.Contains(fact, await page.InnerTextAsync("main"), StringComparison.OrdinalIgnoreCase);
            Assert.Empty(complaints);
            Assert.False(await page.EvaluateAsync<bool>("() => 'broken' in window"));
            Assert.Equal(0, await page.Locator("main script, main img").CountAsync());
            Assert.True(
                await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"),
                $"{path} scrolls sideways at {width} pixels");
            await ShootAsync(page, $"{fact}-{scheme}-{width}");
        }
    }

    [Fact]
    public async Task The_incident_says_which_change_why_and_how_sure()
    {
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address("INCIDENT"));
        var text = await page.InnerTextAsync("main");

        Assert.Contains("attributed 0.", text, StringComparison.Ordinal);
        Assert.Contains("Read percentages of coupons", text, StringComparison.Ordinal);
        Assert.Contains("AI · claude-code", text, StringComparison.Ordinal);
        Assert.Contains("owns the failing line", text, StringComparison.Ordinal);
        Assert.Contains("return decimal.Parse(text.TrimEnd('%'));", text, StringComparison.Ordinal);
        Assert.Contains(PagesFixture.Hostile, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_page_follows_what_happens()
    {
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address("incidents"));
        await Assertions.Expect(page.Locator("#live")).ToHaveTextAsync("live");
        await page.EvaluateAsync("() => { window.same = true; }");

        await pages.FailAsync(1000, "The input string 'something new' was not in a correct format.");
        await pages.FailAsync(1001, "The input string 'something new' was not in a correct format.");

        await Assertions.Expect(page.Locator("td[data-label=Episodes]").First).Not.ToHaveTextAsync("1", new() { Timeout = 20_000 });
        Assert.True(await page.EvaluateAsync<bool>("() => window.same === true"));
    }

    [Fact]
    public async Task What_does_not_exist_is_a_page_that_says_so()
    {
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        var incident = await page.GotoAsync(Address("incidents/nope"));
        Assert.Equal(404, incident!.Status);
        Assert.Contains("There is no incident nope", await page.InnerTextAsync("h1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keyboard_reaches_the_content_first_and_shows_where_it_is()
    {
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address(""));
        await page.Keyboard.PressAsync("Tab");

        Assert.Equal("Skip to content", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        Assert.NotEqual("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_stands_out_from_its_ground(ColorScheme scheme)
    {
        await using var context = await OpenAsync(scheme);
        var page = await context.NewPageAsync();
        foreach (var path in new[] { "", "INCIDENT", "CHANGE", "services" })
        {
            await page.GotoAsync(Address(path));
            // WCAG 2.2, 1.4.3: the relative luminance of text and ground, at least 4.5 to 1.
            var weakest = await page.EvaluateAsync<double>("""
                () => {
                  const channels = (c) => c.match(/[\d.]+/g).map(Number);
                  const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
                    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                  const ground = (e) => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor); if (c[3] !== 0) return c; } return [255, 255, 255]; };
                  let weakest = 21;
                  for (const e of document.querySelectorAll("body *")) {
                    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
                    const [a, b] = [luminance(channels(getComputedStyle(e).color)), luminance(ground(e))].sort((x, y) => y - x);
                    weakest = Math.min(weakest, (a + 0.05) / (b + 0.05));
                  }
                  return weakest;
                }
                """);
            Assert.True(weakest >= 4.5, $"the weakest text of {path} has a contrast of {weakest:0.00}");
        }
    }

    private string Address(string path) =>
        new Uri(pages.Address, path switch { "INCIDENT" => pages.Incident, "CHANGE" => pages.Change, _ => path }).ToString();

    private Task<IBrowserContext> OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = 1280) =>
        pages.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });

    /// <summary>Keeps a picture for people where <c>AIRWORTHY_SCREENSHOTS</c> names a folder.</summary>
    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("AIRWORTHY_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
        }
    }
}
