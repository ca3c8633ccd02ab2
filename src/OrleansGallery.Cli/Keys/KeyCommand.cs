using System.CommandLine;

namespace OrleansGallery.Cli;

/// <summary>A command on keys.</summary>
internal abstract class KeyCommand : Command
{
    private readonly KeyPlace _place;

    protected KeyCommand(KeyPlace place, string name, string description)
        : base(name, description)
    {
        _place = place;
        foreach (Option option in place.Options)
        {
            Add(option);
        }

        Validators.Add(place.Check);
        SetAction(InvokeAsync);
    }

    protected abstract Task RunAsync(
        IKeyAccess keys, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken);

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        CommandOutput output = CommandOutput.Of(arguments);
        using IKeyAccess? keys = await _place.OpenAsync(arguments, output, cancellationToken);
        if (keys is null)
        {
            return CommandLine.WrongUsage;
        }

        await RunAsync(keys, arguments, output, cancellationToken);
        return CommandLine.Done;
    }
}
