using System.Text.RegularExpressions;

namespace OrleansGallery.UnitTests.Deploy;

/// <summary>Settings that the files in <c>deploy</c> name are settings of the program.</summary>
public sealed partial class SettingNamesTests
{
    public static TheoryData<string> Files => [.. DeployFolder.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Variables_OfEveryFile_AreSettings(string file)
    {
        Assert.DoesNotContain(
            Variable().Matches(DeployFolder.Read(file)).Select(match => match.Value),
            name => !IsSetting(name["GALLERY_".Length..].Split("__")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Settings_NamedInText_AreSettings(string file)
    {
        string sections = string.Join('|', KnownSettingNames.All.Keys);
        Assert.DoesNotContain(
            Regex.Matches(DeployFolder.Read(file), $@"\b({sections}):[A-Z]\w+").Select(match => match.Value),
            name => !IsSetting(name.Split(':')));
    }

    [Fact]
    public void KnownSettings_AreReadFromTheProgram()
    {
        Assert.Equal(
            [
                "Batching", "Cluster", "Coder", "Committer", "Imaging", "Partitions", "Postgres", "Server", "Telemetry",
                "Torch",
            ],
            KnownSettingNames.All.Keys.Order(StringComparer.Ordinal));
        Assert.True(IsSetting(["Cluster", "AdvertisedAddress"]));
        Assert.False(IsSetting(["Cluster", "IsShared"]));
        Assert.False(IsSetting(["Cluster", "Adress"]));
        Assert.True(DeployFolder.Files.Count() > 10);
    }

    private static bool IsSetting(string[] path) =>
        path is [var section, var key] && KnownSettingNames.All.TryGetValue(section, out string[]? keys)
        && keys.Contains(key, StringComparer.Ordinal);

    [GeneratedRegex("GALLERY_[A-Za-z0-9]+__[A-Za-z0-9_]+")]
    private static partial Regex Variable();
}
