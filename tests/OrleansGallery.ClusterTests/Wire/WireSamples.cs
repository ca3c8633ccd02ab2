using System.Reflection;
using System.Runtime.CompilerServices;
using OrleansGallery.Abstractions;

namespace OrleansGallery.ClusterTests;

/// <summary>
/// Fills a wire type with fixed values by its properties' types, so that a type or a property added later is in the
/// test without anybody thinking of it. A property of a type unknown here fails the test.
/// </summary>
internal static class WireSamples
{
    public static object Of(Type type)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return Simple(bare) ?? (typeof(Exception).IsAssignableFrom(bare)
            ? Activator.CreateInstance(bare, "The fact, the values.")!
            : Record(bare));
    }

    private static object? Simple(Type type) =>
        type == typeof(string) || type == typeof(object) ? "text é"
        : type == typeof(int) ? 7
        : type == typeof(long) ? 77_777_777_777L
        : type == typeof(double) ? 0.125
        : type == typeof(bool) ? true
        : type == typeof(byte[]) ? new byte[] { 1, 2, 3, 250 }
        : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch.AddDays(20_000)
        : type == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(1234)
        : type == typeof(Guid) ? new Guid("00112233-4455-6677-8899-aabbccddeeff")
        : type == typeof(SiloAddress) ? FixedMembership.Address(1)
        : type == typeof(VectorBytes) ? VectorBytes.From([1f, -2.5f])
        : type.IsEnum ? Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)
        : type == typeof(IReadOnlyDictionary<string, long>) ? new Dictionary<string, long> { ["c1"] = 3 }
        : type == typeof(IReadOnlyDictionary<string, string>) ? new Dictionary<string, string> { ["k"] = "text é" }
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? List(type)
        : null;

    private static Array List(Type type)
    {
        Type item = type.GetGenericArguments()[0];
        Array list = Array.CreateInstance(item, 1);
        list.SetValue(Of(item), 0);
        return list;
    }

    private static object Record(Type type)
    {
        Assert.True(type.Namespace!.StartsWith("OrleansGallery", StringComparison.Ordinal), $"No sample for {type}.");
        object record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            if (property.CanWrite)
            {
                property.SetValue(record, Of(property.PropertyType));
            }
        }

        return record;
    }
}
