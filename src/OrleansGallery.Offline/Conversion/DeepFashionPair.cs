namespace OrleansGallery.Offline;

/// <summary>A customer's and a shop's image of one item.</summary>
/// <param name="Consumer">The customer's.</param>
/// <param name="Shop">The shop's.</param>
/// <param name="Status">train, val or test.</param>
internal sealed record DeepFashionPair(string Consumer, string Shop, string Status)
{
    /// <summary>Both.</summary>
    public string[] Images => [Consumer, Shop];
}
