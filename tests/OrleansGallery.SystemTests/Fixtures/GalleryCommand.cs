using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.SystemTests.Http;

namespace OrleansGallery.SystemTests.Fixtures;

/// <summary>The command line in this process, against the shared service.</summary>
/// <param name="service">The service.</param>
/// <param name="models">The folder of models.</param>
internal sealed class GalleryCommand(RunningService service, string models)
{
    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        string[] given = args is ["embed", ..] or ["evaluate", "images", ..] ? ["--models", models] : [];
        int code = await CommandLine.RunAsync(
            [.. args, .. given, "--url", service.Url.GetLeftPart(UriPartial.Authority)],
            TextWriter.Synchronized(output),
            TextWriter.Synchronized(error));
        return (code, output.ToString(), error.ToString());
    }

    public async Task<T> JsonAsync<T>(int expected, params string[] args)
    {
        (int code, string output, string error) = await RunAsync([.. args, "--json"]);
        Assert.True(code == expected, error);
        return JsonSerializer.Deserialize<T>(output, GalleryJson.Options)!;
    }
}
