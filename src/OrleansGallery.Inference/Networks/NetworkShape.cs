namespace OrleansGallery.Inference.Networks;

/// <summary>Everything that makes one network differ from another.</summary>
public abstract record NetworkShape
{
    /// <summary>The name that checkpoints give, for example <c>resnet50</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The embedding's dimension.</summary>
    public abstract int Dimension { get; }

    /// <summary>Stride of the last stage where the network has a choice, else null.</summary>
    public virtual int? Stride => null;

    /// <summary>Whether a ReLU follows the stem's normalisation where the network has a choice, else null.</summary>
    public virtual bool? Relu => null;

    /// <summary>The same network with other choices; those that it does not have are left out.</summary>
    /// <param name="lastStride">Stride of the last stage; null: as it is.</param>
    /// <param name="stemRelu">Whether a ReLU follows the stem's normalisation; null: as it is.</param>
    /// <returns>The shape.</returns>
    public virtual NetworkShape Variant(int? lastStride, bool? stemRelu) => this;

    /// <summary>Builds the trunk with Torch's own initial weights, in training mode.</summary>
    /// <returns>The trunk.</returns>
    public abstract Trunk NewTrunk();
}
