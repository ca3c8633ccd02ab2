namespace OrleansGallery.Inference;

/// <summary>What precisions are called in settings and options.</summary>
public static class PrecisionName
{
    /// <summary>Leaves the choice to the device.</summary>
    public const string Auto = "auto";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<ModelPrecision>().Select(Of)];

    /// <summary>What a precision is called.</summary>
    /// <param name="precision">The precision.</param>
    /// <returns>For example <c>bfloat16</c>.</returns>
    public static string Of(ModelPrecision precision) => precision.ToString().ToLowerInvariant();

    /// <summary>Finds a precision.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The precision, or null where none is called so.</returns>
    public static ModelPrecision? Find(string name) => Enum.GetValues<ModelPrecision>()
        .Select(precision => (ModelPrecision?)precision).FirstOrDefault(precision => Of(precision!.Value) == name);
}
