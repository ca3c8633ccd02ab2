namespace OrleansGallery.Drawing;

/// <summary>
/// What varies within a shape; each number runs from 0 to 1 and what it stretches depends on the shape (width, height,
/// neck, handle).
/// </summary>
/// <param name="First">Mostly the width.</param>
/// <param name="Second">Mostly the height, or where the shoulder is.</param>
/// <param name="Third">A detail: neck, handle, depth.</param>
internal readonly record struct ProductProportions(float First, float Second, float Third)
{
    internal static ProductProportions Draw(KeyedRandom random)
        => new(random.UniformF(0, 1), random.UniformF(0, 1), random.UniformF(0, 1));
}
