namespace OrleansGallery.Offline;

/// <summary>An array with its lengths, as a <c>.npy</c> file holds it.</summary>
/// <typeparam name="T">float, double, long, int, bool or string.</typeparam>
public sealed class NpyArray<T>
{
    /// <summary>Wraps values without copying them.</summary>
    /// <param name="shape">The lengths, outermost first; empty for a scalar.</param>
    /// <param name="values">As many values as the product of the lengths, row-major.</param>
    /// <exception cref="ArgumentException">There are more or fewer values.</exception>
    public NpyArray(IReadOnlyList<int> shape, T[] values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        if (shape.Any(side => side < 0) || shape.Aggregate(1L, (a, b) => checked(a * b)) != values.Length)
        {
            throw new ArgumentException(
                $"{values.Length} values are not an array of [{string.Join(", ", shape)}].", nameof(values));
        }

        (Shape, Values) = ([.. shape], values);
    }

    /// <summary>The lengths, outermost first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The values, row-major.</summary>
    public T[] Values { get; }
}
