namespace OrleansGallery.Drawing;

/// <summary>Where chance comes from.</summary>
public interface IRandomNumbers
{
    /// <summary>Uniform in [0, 1).</summary>
    /// <returns>The number.</returns>
    double NextDouble();

    /// <summary>A uniform integer.</summary>
    /// <param name="count">Bound above, at least 1.</param>
    /// <returns>0 to count - 1.</returns>
    int Below(int count);
}
