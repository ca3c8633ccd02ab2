using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OrleansGallery.Cli;
using OrleansGallery.Contracts;
using OrleansGallery.Server;
using OrleansGallery.Testing;

namespace OrleansGallery.SystemTests.Doctor;

/// <summary>What one run of <c>gallery doctor</c> said.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Findings">Its lines.</param>
internal sealed record DoctorRun(int Code, IReadOnlyList<DoctorFinding> Findings)
{
    /// <summary>Runs it in this process.</summary>
    public static async Task<DoctorRun> OfAsync(params string[] options)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = await CommandLine.RunAsync(["doctor", "--json", .. options], output, error);
        Assert.Equal("", error.ToString());
        return Parse(code, output.ToString());
    }

    /// <summary>Runs it on settings in a file, <c>Section:Key</c>.</summary>
    public static Task<DoctorRun> OfAsync(TemporaryFolder folder, params (string Key, string Value)[] settings)
    {
        string file = folder.File($"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings
            .GroupBy(setting => setting.Key.Split(':')[0])
            .ToDictionary(section => section.Key, section => section.ToDictionary(
                setting => setting.Key.Split(':')[1], setting => setting.Value))));
        return OfAsync("--config", file);
    }

    public static DoctorRun Parse(int code, string output) =>
        new(code, JsonSerializer.Deserialize<DoctorFinding[]>(output, GalleryJson.Options)!);

    /// <summary>An address that was free a moment ago.</summary>
    public static string FreeUrl()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }

    /// <summary>Asserts that nothing is wrong, and that a check says so in some words.</summary>
    public DoctorRun AssertOk(string check, params string[] words)
    {
        Assert.True(Code == 0, string.Join('\n', Findings));
        return AssertSaid(check, DoctorOutcome.Ok, words);
    }

    /// <summary>Asserts that one thing alone is wrong, with words of the text or of the advice.</summary>
    public DoctorRun AssertWrong(string check, params string[] words)
    {
        Assert.Equal(1, Code);
        DoctorFinding finding = Assert.Single(Findings, finding => finding.Outcome == DoctorOutcome.Wrong);
        Assert.Equal(check, finding.Check);
        return AssertSaid(check, DoctorOutcome.Wrong, words);
    }

    /// <summary>Asserts that a check says something.</summary>
    public DoctorRun AssertSaid(string check, DoctorOutcome outcome, params string[] words)
    {
        Assert.Contains(Findings, finding => finding.Check == check && finding.Outcome == outcome
            && (finding.Advice is null) == (outcome == DoctorOutcome.Ok)
            && words.All(word => $"{finding.Text} {finding.Advice}".Contains(word, StringComparison.Ordinal)));
        return this;
    }
}
