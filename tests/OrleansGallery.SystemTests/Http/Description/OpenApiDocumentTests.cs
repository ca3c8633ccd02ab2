using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Http;

/// <summary>The OpenAPI document against the service that serves it.</summary>
public sealed class OpenApiDocumentTests(RunningService service)
{
    private static readonly HashSet<string> Codes =
    [
        .. typeof(ErrorCodes).GetFields().Where(field => field.IsLiteral)
            .Select(field => (string)field.GetValue(null)!),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_IsOpenApi31AndValid()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        Assert.StartsWith("3.1.", (string)api.Root["openapi"]!, StringComparison.Ordinal);
        ReadResult read = OpenApiDocument.Parse(api.Text, "json");
        Assert.Empty(read.Diagnostic!.Errors.Select(error => $"{error.Pointer}: {error.Message}"));
        Assert.All(api.References(), reference => Assert.NotNull(api.Resolve(reference)));
    }

    [Fact]
    public async Task Document_HasEveryRouteOfTheServiceAndNoOther()
    {
        using TemporaryFolder folder = new();
        await using WebApplication app = RunningService.Build(folder.Root);
        string[] routes =
        [
            .. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                .Where(route => route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null
                    && (route.Metadata.GetMetadata<GalleryRouteMark>() is not null
                        || route.RoutePattern.RawText is "/livez" or "/readyz"))
                .SelectMany(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(
                    method => $"{method} {route.RoutePattern.RawText!.TrimEnd('/')}")),
        ];
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        Assert.Equal(routes.Order(StringComparer.Ordinal),
            api.Operations.Select(operation => $"{operation}").Order(StringComparer.Ordinal));
        Assert.Equal(routes.Length, api.Operations.Select(operation => operation.Id).Distinct().Count());
    }

    [Fact]
    public async Task EveryOperation_HasSummaryParametersAndExamples()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        foreach (DescribedOperation operation in api.Operations)
        {
            Assert.False(string.IsNullOrEmpty((string?)operation.Node["summary"]), $"{operation} has no summary.");
            JsonNode?[] parameters = [.. operation.Node["parameters"]?.AsArray() ?? []];
            Assert.All(
                operation.Path.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]),
                name => Assert.Contains(parameters, parameter =>
                    (string?)parameter!["name"] == name && (string?)parameter["in"] == "path"));
            Assert.All(operation.Bodies, body => AssertShown(operation, body.Key, body.Value));
            var successes = operation.Responses.Where(answer => answer.Status is >= 200 and < 300).ToArray();
            Assert.NotEmpty(successes);
            foreach ((int status, JsonObject response) in successes)
            {
                IReadOnlyDictionary<string, JsonObject> contents = DescribedOperation.Contents(response);
                Assert.NotEmpty(contents);
                Assert.All(contents, content => AssertShown(operation, $"{status} {content.Key}", content.Value));
            }
        }
    }

    [Fact]
    public async Task EveryOperation_NamesItsErrorCodesWithTheProblemSchema()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        foreach (DescribedOperation operation in api.Operations)
        {
            var failures = operation.Responses.Where(answer => answer.Status >= 400).ToArray();
            Assert.Contains(failures, failure => failure.Status == 500);
            foreach ((int status, JsonObject response) in failures)
            {
                KeyValuePair<string, JsonObject> content = Assert.Single(DescribedOperation.Contents(response));
                Assert.Equal("application/problem+json", content.Key);
                Assert.Equal("#/components/schemas/Problem", (string?)content.Value["schema"]!["$ref"]);
                foreach ((string code, JsonNode? example) in content.Value["examples"]!.AsObject())
                {
                    Assert.Contains(code, Codes);
                    Assert.Equal(status, ErrorMapping.StatusOf(code));
                    JsonNode problem = example!["value"]!;
                    Assert.Equal((status, code), ((int)problem["status"]!, (string)problem["code"]!));
                }
            }
        }

        Assert.All(
            Codes.Except([ErrorCodes.RouteNotFound, ErrorCodes.MethodNotAllowed]),
            code => Assert.Contains(api.Operations, operation => operation.CanFail(ErrorMapping.StatusOf(code), code)));
    }

    [Fact]
    public async Task EveryRequestExample_SentAsItIs_IsTaken()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        foreach (DescribedOperation operation in api.Operations)
        {
            string gallery = await FilledForAsync(operation);
            foreach ((string type, JsonObject media) in operation.Bodies.Where(body => !IsForm(body.Key)))
            {
                JsonNode example = media["example"]!.DeepClone();
                if (operation.Id == "createGallery")
                {
                    example["name"] = $"example {Guid.NewGuid():N}";
                }

                using HttpRequestMessage request = new(new HttpMethod(operation.Method), operation.PathFor(gallery))
                {
                    Content = new StringContent(example.ToJsonString(), MediaTypeHeaderValue.Parse(type)),
                };
                using HttpResponseMessage response = await service.Http.SendAsync(request, Cancelled);
                string answer = await response.Content.ReadAsStringAsync(Cancelled);
                Assert.True(response.IsSuccessStatusCode, $"{operation}: {answer}");
                Assert.DoesNotContain("\"rejected\"", answer, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Search_AsAForm_HasItsFilesAndFields()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        DescribedOperation search = api.Operations.Single(operation => operation.Id == "search");
        JsonNode form = search.Bodies["multipart/form-data"]["schema"]!["properties"]!;
        Assert.NotNull(form["file"]);
        Assert.NotNull(form["negativeFile"]);
        Assert.Null(form["vector"]);
        JsonNode body = api.Resolve((string)search.Bodies["application/json"]["schema"]!["$ref"]!)!;
        Assert.Equal(2, body["properties"]!["vector"]!["oneOf"]!.AsArray().Count);
    }

    [Fact]
    public async Task Bodies_HaveTheirTypesNames_AndSayWhatIsTakenWhereAFieldIsLeftOut()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        Assert.All(
            api.Operations.SelectMany(operation => operation.Bodies.Where(body => !IsForm(body.Key))),
            body => Assert.NotNull(api.Resolve((string)body.Value["schema"]!["$ref"]!)));
        JsonNode fields = api.Root["components"]!["schemas"]!["CreateGalleryRequest"]!["properties"]!;
        Assert.Equal("white", (string?)fields["transparency"]!["default"]);
        Assert.Null(fields["name"]!["default"]);
    }

    [Fact]
    public async Task Files_AreBytes_AndTimesAndNamedValuesAreStrings()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        JsonObject file = api.Operations.Single(operation => operation.Id == "getThumbnail").Responses
            .Single(answer => answer.Status == 200).Response;
        JsonNode bytes = Assert.Single(DescribedOperation.Contents(file).Values)["schema"]!;
        bytes = bytes["$ref"] is { } reference ? api.Resolve((string)reference!)! : bytes;
        Assert.Equal(("string", "binary"), ((string?)bytes["type"], (string?)bytes["format"]));
        JsonNode taken = api.Root["components"]!["schemas"]!["ImageResponse"]!["properties"]!["takenAt"]!;
        Assert.Equal(["null", "string"], taken["type"]!.AsArray().Select(type => (string)type!).Order());
        Assert.Equal("date-time", (string?)taken["format"]);
        Assert.Equal("string", (string?)api.Root["components"]!["schemas"]!["PictureKeep"]!["type"]);
    }

    // What an example names is there, and what it makes is not.
    private async Task<string> FilledForAsync(DescribedOperation operation)
    {
        string gallery = await service.CreateGalleryAsync();
        bool meet = operation.Id is "mergeIdentity" or "moveImages" or "undoOperation";
        foreach ((string identity, string image) in new[] { ("p42", "b.jpg"), ("p7", meet ? "c.jpg" : "b.jpg") })
        {
            await service.Client.EnrolAsync(
                gallery, identity, new() { Vector = [1, 0, 0, 1], ImageId = image }, Cancelled);
        }

        if (operation.Id == "calibrateGallery")
        {
            await service.IngestLinesAsync(gallery, string.Join('\n', Enumerable.Range(0, 300).Select(
                i => $$"""{"identity":"e{{i % 30}}","vector":[{{i % 30}},{{i % 7}},{{i % 11}},{{1 + (i % 13)}}]}""")));
        }

        if (operation.Id == "splitIdentity")
        {
            await service.Client.EnrolAsync(
                gallery, "p42", new() { Vector = [0, 1, 0, 1], ImageId = "a.jpg" }, Cancelled);
        }

        if (operation.Id == "resolveObservation")
        {
            await service.Client.ObserveAsync(
                gallery,
                new() { Vector = [0, 0, 1, 0], ImageId = DescribedOperation.ExampleObservation, JoinThreshold = 0.9 },
                Cancelled);
        }

        if (operation.Id == "undoOperation")
        {
            await service.Client.MergeIdentityAsync(
                gallery, "p42", "p7", DescribedOperation.ExampleOperation, Cancelled);
        }

        return gallery;
    }

    private static bool IsForm(string type) => type == "multipart/form-data";

    private static void AssertShown(DescribedOperation operation, string what, JsonObject media)
    {
        Assert.True(media["schema"] is not null, $"{operation}: {what} has no schema.");
        Assert.True(media["example"] is not null, $"{operation}: {what} has no example.");
    }
}
