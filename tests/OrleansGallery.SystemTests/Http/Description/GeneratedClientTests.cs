using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace OrleansGallery.SystemTests.Http;

/// <summary>What a public generator makes of the OpenAPI document is a client that works.</summary>
public sealed class GeneratedClientTests(RunningService service)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GeneratedClient_EnrolsIngestsAndSearches()
    {
        Assembly types = Compile(await GenerateAsync());
        object Make(string type, params object[] arguments) =>
            Activator.CreateInstance(types.GetType($"Generated.{type}", throwOnError: true)!, arguments)!;
        dynamic client = Make("GeneratedClient", service.Http);
        string gallery = $"generated-{Guid.NewGuid():N}";
        dynamic settings = Make("CreateGalleryRequest");
        (settings.Name, settings.Dimension) = (gallery, 3);
        dynamic created = await client.CreateGalleryAsync(null, null, settings, Cancelled);
        Assert.Equal(3, (int)created.Dimension);

        dynamic image = Make("EnrolImageRequest");
        (image.ImageId, image.Vector, image.TakenAt) = ("1", new[] { 1f, 0, 0 }, Noon);
        dynamic enrolled = await client.EnrolImageAsync(
            gallery, "anna", null, null, null, image, null, null, null, null, Cancelled);
        dynamic item = Make("IngestItem");
        (item.Identity, item.ImageId, item.Vector) = ("bob", "2", new[] { 0f, 1, 0 });
        dynamic ingested = await client.IngestAsync(gallery, null, item, Cancelled);
        Assert.Equal(("Searchable", "Searchable"), ($"{enrolled.Status}", $"{ingested.Status}"));
        dynamic kept = await client.GetImageAsync(gallery, "anna", "1", null, Cancelled);
        Assert.Equal(Noon, (DateTimeOffset)kept.TakenAt);

        dynamic query = Make("SearchRequest");
        (query.Vector, query.Top) = (new[] { 0f, 2, 1 }, 1);
        dynamic answer = await client.SearchAsync(
            gallery, null, query, null, null, null, null, null, null, null, null, null, Cancelled);
        dynamic best = Assert.Single((IEnumerable<object>)answer.Matches);
        Assert.Equal(("bob", 0.8944), ((string)best.Identity, Math.Round((double)best.Score, 4)));

        dynamic refused = await Assert.ThrowsAnyAsync<Exception>(
            () => (Task)client.GetGalleryAsync("none", null, Cancelled));
        Assert.Equal((404, "gallery_not_found"), ((int)refused.StatusCode, (string)refused.Result.Code));
    }

    private async Task<string> GenerateAsync()
    {
        ApiDescription api = await ApiDescription.ReadAsync(service.Http);
        NSwag.OpenApiDocument document = await NSwag.OpenApiDocument.FromJsonAsync(api.Text, Cancelled);
        CSharpClientGeneratorSettings settings = new()
        {
            ClassName = "GeneratedClient",
            UseBaseUrl = false,
            OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
        };
        settings.CSharpGeneratorSettings.Namespace = "Generated";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        return new CSharpClientGenerator(document, settings).GenerateFile();
    }

    private static Assembly Compile(string code)
    {
        string[] platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Generated",
            [CSharpSyntaxTree.ParseText(code, cancellationToken: Cancelled)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream bytes = new();
        EmitResult result = compilation.Emit(bytes, cancellationToken: Cancelled);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(20)));
        return Assembly.Load(bytes.ToArray());
    }
}
