using System.Text.Json.Nodes;
using OrleansGallery.Contracts;

namespace OrleansGallery.SystemTests.Http;

/// <summary>Every number in a query string, as the OpenAPI document lists them, with texts that are none of
/// its.</summary>
public sealed class BadQueryTests(RunningService service)
{
    private static readonly string[] Texts = ["-1", "1.5", "1e3", "x", "0x10", "+1", " 1", "99999999999999999999", "∞"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyOperation_NumberThatIsNone_IsRefusedQuotingIt()
    {
        string gallery = await service.CreateGalleryAsync();
        await service.Client.EnrolAsync(gallery, "p42", new() { Vector = [1, 0, 0, 0] }, Cancelled);
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        int asked = 0;
        foreach (DescribedOperation operation in api.Operations.Where(operation => operation.Method == "GET"))
        {
            foreach (string name in NumbersOf(operation))
            {
                foreach (string text in Texts)
                {
                    using HttpResponseMessage response = await service.Http.GetAsync(
                        new Uri($"{operation.PathFor(gallery)}?{name}={Uri.EscapeDataString(text)}", UriKind.Relative),
                        Cancelled);
                    Problem problem = await RunningService.ProblemAsync(response, 400, ErrorCodes.InvalidRequest);
                    Assert.Contains($"'{text}'", problem.Detail, StringComparison.Ordinal);
                    asked++;
                }
            }
        }

        Assert.InRange(asked, 100, int.MaxValue);
    }

    private static IEnumerable<string> NumbersOf(DescribedOperation operation) =>
        (operation.Node["parameters"]?.AsArray() ?? [])
            .OfType<JsonObject>()
            .Where(parameter => (string?)parameter["in"] == "query"
                && (string?)parameter["schema"]!["type"] == "integer")
            .Select(parameter => (string)parameter["name"]!);
}
