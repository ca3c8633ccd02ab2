namespace OrleansGallery.Drawing;

/// <summary>A product's silhouette. The order is part of the look.</summary>
internal enum ProductShape
{
    /// <summary>A bottle with shoulders, neck and cap.</summary>
    Bottle,

    /// <summary>A box seen slightly from the side.</summary>
    Box,

    /// <summary>A tin can with an elliptical lid.</summary>
    Can,

    /// <summary>A shoe seen from the side.</summary>
    Shoe,

    /// <summary>A mug with a handle.</summary>
    Mug,

    /// <summary>A carrier bag with an arched handle.</summary>
    Bag,

    /// <summary>A squeezed tube standing on its cap.</summary>
    Tube,

    /// <summary>A jar with a screw lid.</summary>
    Jar,

    /// <summary>A table lamp; the shade carries texture and label.</summary>
    Lamp,

    /// <summary>A gable-top drink carton.</summary>
    Carton,

    /// <summary>A spray bottle with a trigger.</summary>
    Spray,

    /// <summary>A T-shirt.</summary>
    Shirt,
}
