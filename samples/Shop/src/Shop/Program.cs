using Shop;
using Shop.Catalog;
using Shop.Coupons;
using Shop.Data;
using Shop.Orders;
using Shop.Payments;
using Shop.Stock;

var builder = WebApplication.CreateBuilder(args);

builder.AddTelemetry();
builder.Services.AddProblemDetails();
builder.Services.AddSingleton<Database>();
builder.Services.AddSingleton<ProductStore>();
builder.Services.AddSingleton<StockLedger>();
builder.Services.AddSingleton<CouponBook>();
builder.Services.AddSingleton<OrderStore>();
builder.Services.AddSingleton<OrderPages>();
builder.Services.AddHttpClient<PaymentClient>(http =>
{
    http.BaseAddress = new Uri(builder.Configuration["Shop:Payments"] ?? "http://127.0.0.1:9090/");
    http.Timeout = TimeSpan.FromSeconds(5);
});

var app = builder.Build();

app.UseExceptionHandler();

app.UseRequestLocalization("en-US", "de-DE", "fr-FR", "pl-PL");

app.MapGet("/healthz", () => "ok");

app.MapCatalog();
app.MapCoupons();
app.MapOrders();
app.MapRefunds();
app.MapStock();

app.Run();

public partial class Program;
