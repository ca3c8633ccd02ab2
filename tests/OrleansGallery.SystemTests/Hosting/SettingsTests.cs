using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Hosting;

/// <summary>Settings that nobody reads are refused at start, from a file, from variables and from the caller.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Build_UnknownSectionsAndKeys_AreAllNamedWithTheNearestKnownName()
    {
        string[] failures = Failures(
            """{"Server":{"MaxBodyByte":2000,"Zzz":1},"Imagin":{},"Imaging":{"maxpixel":1},"Server2":{"Urls":"x"}}""");

        Assert.Equal(5, failures.Length);
        AssertOne(failures, "Server:MaxBodyByte", "did you mean 'MaxBodyBytes'?");
        AssertOne(failures, "Server:Zzz", "there are DataFolder, Urls");
        AssertOne(failures, "Imagin ", "did you mean 'Imaging'?");
        AssertOne(failures, "Imaging:maxpixel", "did you mean 'MaxPixels'?");
        AssertOne(failures, "Server2", "did you mean 'Server'?");
    }

    [Theory]
    [InlineData("""{"Server":{"MaxBodyBytes":"2,000"}}""", "'2,000'")]
    [InlineData("""{"Server":{"MaxBodyBytes":" 2000"}}""", "' 2000'")]
    [InlineData("""{"Server":{"MaxBodyBytes":2000.5}}""", "2000.5")]
    [InlineData("""{"Server":{"MaxBodyBytes":99999999999}}""", "up to 2147483647")]
    [InlineData("""{"Server":{"MaxBodyBytes":true}}""", "true")]
    [InlineData("""{"Server":{"MaxBodyBytes":null}}""", "null")]
    [InlineData("""{"Server":{"MaxBodyBytes":[2000]}}""", "an array")]
    [InlineData("""{"Server":{"Urls":["http://127.0.0.1:0"]}}""", "an array")]
    [InlineData("""{"Server":{"Urls":{"0":"http://127.0.0.1:0"}}}""", "an object")]
    [InlineData("""{"Server":{"SearchDeadline":2}}""", "00:00:02.5")]
    [InlineData("""{"Server":{"SearchDeadline":"2"}}""", "00:00:02.5")]
    [InlineData("""{"Coder":{"Enabled":"on"}}""", "true or false")]
    [InlineData("""{"Coder":{"Enabled":1}}""", "true or false")]
    [InlineData("""{"Server":[]}""", "a section")]
    [InlineData("""{"Server":5}""", "a section")]
    [InlineData("""{"Logging":"Debug"}""", "a section")]
    [InlineData("""{"Server":{"Urls":"http://127.0.0.1:0","urls":"http://127.0.0.1:1"}}""", "twice")]
    [InlineData("""{"Server":{},"server":{}}""", "twice")]
    [InlineData("""{"Server":{"MaxItemsInFlight":0}}""", "MaxItemsInFlight")]
    [InlineData("""{"Imaging":{"MaxSide":0}}""", "MaxSide")]
    [InlineData("""{"Batching":{"MaxBatchSize":0}}""", "MaxBatchSize")]
    [InlineData("""{"Committer":{"StoreTimeout":"00:00:00"}}""", "StoreTimeout")]
    [InlineData("""{"Coder":{"MinRows":0}}""", "MinRows")]
    public void Build_ValueThatDoesNotFit_IsRefused(string json, string reason) =>
        AssertOne(Failures(json), string.Empty, reason);

    [Fact]
    public void Build_FaultsOfAllKinds_AreSaidAtOnce()
    {
        string[] failures = Failures(
            """
            {"Imagin":{},"Server":{"Urls":"http://0.0.0.0:0","MaxItemsInFlight":0},"Batching":{"MaxBatchSize":0}}
            """);
        Assert.Equal(4, failures.Length);
    }

    [Fact]
    public async Task Build_CommentsAndTrailingCommas_AreTaken()
    {
        await using WebApplication app = Build(
            """
            // Ours.
            {"Server":{"MaxBodyBytes":"2000","SearchDeadline":"00:00:03",},
             "Logging":{"LogLevel":{"Default":"Error"}},"coder":{"enabled":false}}
            """);
        ServerOptions options = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        Assert.Equal((2000, TimeSpan.FromSeconds(3)), (options.MaxBodyBytes, options.SearchDeadline));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"Server\":")]
    [InlineData("")]
    public void Build_FileThatIsNoJsonObject_IsRefusedByName(string text)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Build(text));
        Assert.Contains("settings.json", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GALLERY_Server__MaxBodyByte", "1", "did you mean 'MaxBodyBytes'?")]
    [InlineData("GALLERY_Sever__MaxBodyBytes", "2000", "did you mean 'Server'?")]
    [InlineData("GALLERY_Server__MaxBodyBytes", "2,000", "'2,000'")]
    [InlineData("GALLERY_Server__Urls__0", "http://127.0.0.1:0", "a text")]
    public void Variables_OfOurSections_AreChecked(string name, string value, string reason)
    {
        Dictionary<string, string> variables = new()
        {
            [name] = value,
            ["GALLERY_KILLS"] = "50",
            ["OTHER_Server__X"] = "1",
            ["GALLERY_Logging__LogLevel__Default"] = "Error",
            ["GALLERY_Imaging__MAXSIDE"] = "100",
        };
        string failure = Assert.Single(SettingsCheck.Failures(SettingsVariables.ReadEnvironment(variables)));
        Assert.StartsWith(name, failure, StringComparison.Ordinal);
        Assert.Contains(reason, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_UnknownSettingOfTheCaller_IsRefused()
    {
        OptionsValidationException exception = Assert.Throws<OptionsValidationException>(
            () => GalleryHost.Build(settings: new Dictionary<string, string?> { ["Server:Url"] = "x" }));
        AssertOne([.. exception.Failures], "Server:Url", "did you mean 'Urls'?");
    }

    [Fact]
    public async Task Sections_EveryOptionsType_IsKnownAndItsDefaultsAreTaken()
    {
        await using WebApplication app = GalleryHost.Build(
            settings: new Dictionary<string, string?> { ["Server:DataFolder"] = _folder.Root });
        Type[] options = [.. KnownSettings.Sections.Select(section => section.Type)];
        IEnumerable<Type> all = options.Select(type => type.Assembly).Distinct()
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true });
        Assert.Equal(all.Select(type => type.Name).Order(), options.Select(type => type.Name).Order());
    }

    public void Dispose() => _folder.Dispose();

    private string[] Failures(string json) =>
        [.. Assert.Throws<OptionsValidationException>(() => Build(json)).Failures];

    private WebApplication Build(string json)
    {
        string file = Path.Combine(_folder.Root, "settings.json");
        File.WriteAllText(file, json);
        return GalleryHost.Build(file, new Dictionary<string, string?> { ["Server:DataFolder"] = _folder.Root });
    }

    private static void AssertOne(string[] failures, string place, string reason)
    {
        string failure = Assert.Single(failures, text => text.Contains(place, StringComparison.Ordinal));
        Assert.Contains(reason, failure, StringComparison.Ordinal);
    }
}
