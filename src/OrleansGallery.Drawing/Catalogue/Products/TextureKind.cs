namespace OrleansGallery.Drawing;

/// <summary>The kind of a product's texture. The order is part of the look.</summary>
internal enum TextureKind
{
    /// <summary>Parallel stripes.</summary>
    Stripes,

    /// <summary>Dots in staggered rows.</summary>
    Dots,

    /// <summary>A chequerboard.</summary>
    Checks,

    /// <summary>Zigzag lines.</summary>
    Zigzag,

    /// <summary>No pattern: the ground runs into the accent colour.</summary>
    Gradient,

    /// <summary>Wavy lines.</summary>
    Waves,

    /// <summary>Concentric rings.</summary>
    Rings,

    /// <summary>Crossing thin lines.</summary>
    Lattice,

    /// <summary>Bricks in running bond.</summary>
    Bricks,

    /// <summary>Rows of triangles.</summary>
    Triangles,
}
