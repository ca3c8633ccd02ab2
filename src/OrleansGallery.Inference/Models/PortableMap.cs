namespace OrleansGallery.Inference.Models;

/// <summary>A feature map with the channels innermost.</summary>
/// <param name="side">Height and width.</param>
/// <param name="channels">Channels.</param>
internal sealed class PortableMap(int side, int channels)
{
    /// <summary>Height and width.</summary>
    public int Side { get; } = side;

    /// <summary>Channels.</summary>
    public int Channels { get; } = channels;

    /// <summary>[y, x, channel].</summary>
    public float[] Values { get; } = new float[side * side * channels];
}
