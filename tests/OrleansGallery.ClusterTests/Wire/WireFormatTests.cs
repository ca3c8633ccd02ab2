using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansGallery.Abstractions;
using OrleansGallery.Grains;
using OrleansGallery.Testing;

namespace OrleansGallery.ClusterTests;

/// <summary>
/// The bytes that cross between silos are a contract: one sample per wire type is compared with the bytes kept in
/// <c>Wire/WireFormat.txt</c>. <c>GALLERY_UPDATE_WIRE=1</c> writes the file anew, for a reviewed change.
/// </summary>
public sealed class WireFormatTests : IDisposable
{
    private static readonly string GoldenFile = Path.Combine(
        Repository.Root, "tests", "OrleansGallery.ClusterTests", "Wire", "WireFormat.txt");

    private readonly ServiceProvider _services =
        new ServiceCollection().AddSerializer().BuildServiceProvider();

    [Fact]
    public void Serialize_OneSamplePerType_GivesTheKeptBytesAndReadsThemBack()
    {
        Serializer serializer = _services.GetRequiredService<Serializer>();
        SortedDictionary<string, string> actual = new(StringComparer.Ordinal);
        foreach (Type type in WireTypes())
        {
            object sample = WireSamples.Of(type);
            byte[] bytes = serializer.SerializeToArray(sample);
            actual.Add(type.Name, Convert.ToHexStringLower(bytes));
            object? back = serializer.Deserialize<object>(bytes);
            Assert.Equal(Convert.ToHexStringLower(serializer.SerializeToArray(back)), actual[type.Name]);
        }

        if (Environment.GetEnvironmentVariable("GALLERY_UPDATE_WIRE") == "1")
        {
            File.WriteAllLines(GoldenFile, actual.Select(pair => $"{pair.Key} {pair.Value}"));
        }

        Assert.Equal(File.ReadAllLines(GoldenFile), actual.Select(pair => $"{pair.Key} {pair.Value}"));
    }

    [Fact]
    public void WireTypes_AllOfThem_AreAliased() =>
        Assert.All(WireTypes(), type => Assert.StartsWith(
            "gallery.", type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? type.Name,
                StringComparison.Ordinal));

    public void Dispose() => _services.Dispose();

    private static IEnumerable<Type> WireTypes() =>
        new[] { typeof(GrainKeys).Assembly, typeof(SiloScanAnswer).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null
                && !type.IsAbstract && !typeof(PlacementStrategy).IsAssignableFrom(type));
}
