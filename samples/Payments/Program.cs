// The payment provider that the sample shop calls: it takes and gives back whatever it is asked for.
var app = WebApplication.CreateBuilder(args).Build();
app.MapPost("/charges", () => new { reference = Guid.NewGuid().ToString("N") });
app.MapPost("/refunds", () => Results.NoContent());
app.Run();
