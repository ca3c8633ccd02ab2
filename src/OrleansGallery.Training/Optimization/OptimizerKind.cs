namespace OrleansGallery.Training;

/// <summary>How gradients move weights.</summary>
public enum OptimizerKind
{
    /// <summary>Adam; weight decay is added to the gradient, of every parameter, as the paper has it.</summary>
    Adam,

    /// <summary>AdamW; weight decay shrinks the weights themselves, matrices and convolutions only.</summary>
    AdamW,
}
