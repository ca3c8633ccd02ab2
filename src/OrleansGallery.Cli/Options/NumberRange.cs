using System.Numerics;

namespace OrleansGallery.Cli;

/// <summary>Which numbers are possible.</summary>
/// <param name="Least">The smallest; null: any.</param>
/// <param name="Most">The largest; null: any.</param>
internal readonly record struct NumberRange<T>(T? Least = null, T? Most = null)
    where T : struct, INumber<T>
{
    public bool Holds(T value) =>
        (Least is not { } least || value >= least) && (Most is not { } most || value <= most);

    /// <inheritdoc/>
    public override string ToString() => (Least, Most) switch
    {
        ({ } least, { } most) => $", {least} to {most}",
        ({ } least, null) => $", at least {least}",
        (null, { } most) => $", at most {most}",
        _ => string.Empty,
    };
}
