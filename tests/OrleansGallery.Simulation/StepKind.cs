namespace OrleansGallery.Simulation;

/// <summary>What a step of a simulation does.</summary>
internal enum StepKind
{
    /// <summary>Enrols an image: a new one, one that is there, other content under an id that is there, or content that
    /// was erased.</summary>
    Enrol,

    /// <summary>Removes an image, or one that is not there.</summary>
    Remove,

    /// <summary>Deletes an identity.</summary>
    Delete,

    /// <summary>Gives all images of an identity to another one.</summary>
    Merge,

    /// <summary>Gives some images to another identity.</summary>
    Move,

    /// <summary>Gives all images to an identity that must be new.</summary>
    Rename,

    /// <summary>Gives some images to an identity that must be new.</summary>
    Split,

    /// <summary>Gives back what a merge, move, rename, split or undo gave.</summary>
    Undo,

    /// <summary>Erases an image.</summary>
    EraseImage,

    /// <summary>Erases an identity.</summary>
    EraseIdentity,

    /// <summary>Sends an operation once more, for which its receipt must come.</summary>
    SendAgain,

    /// <summary>Sends another operation under an id that stands for one.</summary>
    SendOther,

    /// <summary>Searches.</summary>
    Search,

    /// <summary>Searches without the images of a facet.</summary>
    SearchWithoutFacet,

    /// <summary>Asks for an identity.</summary>
    Get,

    /// <summary>Pages through an identity's images, and reads one.</summary>
    ListImages,

    /// <summary>Pages through the identities.</summary>
    ListIdentities,

    /// <summary>Asks for the gallery's counts and root hash.</summary>
    Describe,

    /// <summary>Recomputes everything from the stored images.</summary>
    Verify,

    /// <summary>Deletes the gallery, and creates one of its name.</summary>
    Recreate,

    /// <summary>Changes or sets an identity's attributes.</summary>
    SetAttributes,

    /// <summary>Searches among identities of some attribute, now and then without the images of a facet.</summary>
    SearchFiltered,

    /// <summary>Observes an image of which nobody says whose it is: a new one, or once more one that joined or was
    /// parked.</summary>
    Observe,

    /// <summary>Says whose an observation is.</summary>
    Resolve,

    /// <summary>A fault: the gallery's next commit happens or not, and its answer is lost.</summary>
    LoseAnswer,

    /// <summary>A fault: the gallery's next commit fails for certain.</summary>
    FailWrite,

    /// <summary>A fault: a partition moves to another silo while the next steps run.</summary>
    MovePartition,

    /// <summary>A fault: a silo is killed, and another one starts.</summary>
    KillSilo,
}
