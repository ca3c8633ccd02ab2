using System.CommandLine;
using System.Globalization;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery keys create</c>.</summary>
internal sealed class KeysCreateCommand : KeyCommand
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "What people call the key. Default: its role.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<KeyRole?> _role = ChoiceOption.Maybe<KeyRole>(
        "--role",
        "What it is good for: read (searching and looking), write (also enrolling, changing, deleting), admin (also "
        + "galleries and keys).");

    private readonly Option<string[]> _galleries = new("--gallery")
    {
        Description = "A gallery that it is good for. May be given several times. Default: all.",
        HelpName = "GALLERY",
    };

    private readonly Option<string?> _expires = new("--expires")
    {
        Description = "From when on it is of no use: a day (2027-06-30, UTC), or a number of days from now (90d). "
            + "Default: never.",
        HelpName = "DAY",
    };

    private readonly Option<int?> _rate = NumberOption.Maybe<int>(
        "--rate", "Requests per second that it is good for, in each process. Default: the service's setting.");

    private readonly Option<int?> _concurrent = NumberOption.Maybe<int>(
        "--concurrent", "Requests at once that it is good for, in each process. Default: the service's setting.");

    public KeysCreateCommand(KeyPlace place)
        : base(place, "create", "Make a key and print it, once: nobody can show it again.")
    {
        _role.Required = true;
        Add(_name);
        Add(_role);
        Add(_galleries);
        Add(_expires);
        Add(_rate);
        Add(_concurrent);
        Validators.Add(result =>
        {
            if (result.GetValue(_expires) is { } text && DayOf(text) is null)
            {
                result.AddError($"--expires is '{text}'; a day such as 2027-06-30 or 90d is possible.");
            }
        });
    }

    protected override async Task RunAsync(
        IKeyAccess keys, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        KeyRole role = arguments.GetValue(_role)!.Value;
        KeyResponse key = await keys.CreateAsync(
            new CreateKeyRequest
            {
                Name = arguments.GetValue(_name) ?? KeyWords.Of(role),
                Role = role,
                Galleries = arguments.GetValue(_galleries) is { Length: > 0 } galleries ? galleries : null,
                ExpiresAt = arguments.GetValue(_expires) is { } day ? DayOf(day) : null,
                RequestsPerSecond = arguments.GetValue(_rate),
                MaxConcurrent = arguments.GetValue(_concurrent),
            },
            cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(key);
            return;
        }

        // Alone on standard output, for whoever puts it into a variable.
        await output.Error.WriteLineAsync(
            $"Made the key {key.Id} '{key.Name}', {KeyWords.Of(key.Role)}, for {KeyWords.Galleries(key)}. It is shown "
            + "now and never again:");
        output.WriteLine(key.Key!);
    }

    private static DateTimeOffset? DayOf(string text)
    {
        if (text.EndsWith('d') && PlainNumber.TryParse(text[..^1], out int days) && days is >= 1 and <= 36_500)
        {
            return TimeProvider.System.GetUtcNow().AddDays(days);
        }

        return DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset day)
            ? day
            : null;
    }
}
