using System.Text.RegularExpressions;

namespace OrleansGallery.UnitTests.Deploy;

/// <summary>The image, the units, and what the instructions point at.</summary>
public sealed partial class ImageTests
{
    private static readonly string[] Known = ["orleans-gallery", "postgres:15", "haproxy:3.0"];

    [Fact]
    public void Images_AreShortNames()
    {
        IEnumerable<string> used = DeployFolder.Manifests.Append("compose.yaml")
            .SelectMany(name => Image().Matches(DeployFolder.Read(name))).Select(match => match.Groups[1].Value);

        Assert.Empty(used.Except(Known));
    }

    [Fact]
    public void Dockerfile_BuildsTheProgramAndRunsItAsNobodySpecial()
    {
        string text = DeployFolder.Read("Dockerfile");
        string program = File.ReadAllText(Path.Combine(DeployFolder.Root, "..", "src", "Directory.Build.props"));

        Assert.Contains("-p:TorchBackend=${TORCH_BACKEND}", text, StringComparison.Ordinal);
        Assert.Contains("<TorchBackend Condition", program, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^USER 10001:10001$", text);
        Assert.Matches(@"(?m)^ARG BASE=[a-z]+:[0-9.]+$", text);
        Assert.All(
            Regex.Matches(text, @"(?m)^FROM (\S+)").Select(match => match.Groups[1].Value),
            image => Assert.Equal("${BASE}", image));
    }

    [Fact]
    public void Unit_RestartsWhateverEnded_AndWaitsForAHandOver()
    {
        string[] unit = DeployFolder.Read("systemd/gallery@.service").Split('\n');

        Assert.Contains("Restart=always", unit);
        Assert.Contains("TimeoutStopSec=60", unit);
        Assert.Contains("EnvironmentFile=/etc/gallery/%i.env", unit);
    }

    [Fact]
    public void Links_OfTheInstructions_LeadToFiles()
    {
        string[] broken = [.. Link().Matches(DeployFolder.Read("README.md")).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal))
            .Where(link => !Path.Exists(Path.Combine(DeployFolder.Root, link)))];

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"(?m)^\s*(?:- )?image: (\S+)")]
    private static partial Regex Image();

    [GeneratedRegex(@"\]\(([^)#]+)[^)]*\)")]
    private static partial Regex Link();
}
