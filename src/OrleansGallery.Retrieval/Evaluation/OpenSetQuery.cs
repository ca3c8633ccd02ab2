namespace OrleansGallery.Retrieval;

/// <summary>One enrolled image as a query of its own gallery.</summary>
/// <param name="Identity">A number of its identity's own: queries of one identity are no independent trials.</param>
/// <param name="Genuine">Its score against the centroid of its identity's other images; null: there are none.</param>
/// <param name="Impostor">The best score of any other identity: what a search finds for somebody who is not
/// enrolled.</param>
public readonly record struct OpenSetQuery(int Identity, double? Genuine, double Impostor);
