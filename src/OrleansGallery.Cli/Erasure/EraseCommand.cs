using System.CommandLine;
using OrleansGallery.Client;
using OrleansGallery.Contracts;

namespace OrleansGallery.Cli;

/// <summary><c>gallery erase</c>: what is to be gone for good, in one gallery or wherever it is.</summary>
internal sealed class EraseCommand : ClientCommand
{
    private readonly Argument<string?> _gallery = new("GALLERY")
    {
        Description = "The gallery's name.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _identity = new("IDENTITY")
    {
        Description = "The identity to erase with all its images.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _image = new("--image")
    {
        Description = "Only this image of the identity, by id.", HelpName = "ID",
    };

    private readonly Option<string?> _subject = new("--subject")
    {
        Description = "The identity of this id, in every gallery that the key is for.", HelpName = "ID",
    };

    private readonly Option<string?> _operation = new("--operation")
    {
        Description = "An id of your own for this erasure: run again with it, nothing happens twice. "
            + "Default: a new one.",
        HelpName = "ID",
    };

    public EraseCommand()
        : base(
            "erase", "Erase an identity, or one of its images, for good, and print the receipt: nothing of it is left, "
                + "it cannot be undone, and the same contents are refused for a while.")
    {
        Add(_gallery);
        Add(_identity);
        Add(_image);
        Add(_subject);
        Add(_operation);
        Validators.Add(result =>
        {
            bool isEverywhere = result.GetValue(_subject) is not null;
            if (isEverywhere == result.GetValue(_identity) is not null
                || (isEverywhere && (result.GetValue(_gallery) ?? result.GetValue(_image)) is not null))
            {
                result.AddError("Give either a GALLERY and an IDENTITY, or --subject alone.");
            }
        });
    }

    protected override async Task<int> RunAsync(
        GalleryClient client, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        string? operation = arguments.GetValue(_operation);
        if (arguments.GetValue(_subject) is { } subject)
        {
            return await new SubjectErasure(client, output).RunAsync(subject, operation, cancellationToken);
        }

        (string gallery, string identity) = (arguments.GetValue(_gallery)!, arguments.GetValue(_identity)!);
        ErasureResponse receipt = arguments.GetValue(_image) is { } image
            ? await client.EraseImageAsync(gallery, identity, image, operation, cancellationToken)
            : await client.EraseIdentityAsync(gallery, identity, operation, cancellationToken);
        if (output.IsJson)
        {
            output.WriteJson(receipt);
        }
        else
        {
            output.WriteFields(ErasureText.FieldsOf(receipt));
        }

        return CommandLine.Done;
    }
}
