namespace OrleansGallery.Inference;

/// <summary>Which queue of the batcher an image waits in.</summary>
public enum EmbeddingLane
{
    /// <summary>Somebody waits for the answer: goes first, and is refused at once where the queue is full.</summary>
    Interactive,

    /// <summary>Enrolment: takes the places that interactive leaves, at least one in eight; waits for a place in the
    /// queue.</summary>
    Bulk,
}
