namespace OrleansGallery.SystemTests.Faults;

/// <summary>Tests of times that other tests beside them would spoil.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>The collection's name.</summary>
    public const string Name = "alone";
}
