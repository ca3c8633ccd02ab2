namespace OrleansGallery.Inference;

/// <summary>A model that was made of a file.</summary>
/// <param name="Description">What it is and wants.</param>
/// <param name="Path">Its file.</param>
/// <param name="Findings">What was understood of the file it was made of; empty where nothing had to be.</param>
public sealed record ImportedModel(
    ModelDescription Description, string Path, IReadOnlyList<ImportFinding> Findings);
