using Microsoft.AspNetCore.Http;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;

namespace OrleansGallery.Server;

/// <summary>
/// What a noted request does, beyond what its path says: the names in its body, and what the answer says was done. A
/// request without one is not noted.
/// </summary>
/// <param name="begin">Writes that a stream began.</param>
internal sealed class AuditNote(Action begin)
{
    // Of a name that is none, so that nobody fills the trail with it.
    private const int MaxNameLength = 256;

    private string? _gallery;
    private string? _subject;
    private string? _image;
    private string? _source;
    private string? _target;
    private string? _operation;
    private string? _attributes;
    private long? _images;
    private (long Accepted, long Rejected)? _items;

    public static AuditNote? Of(HttpContext context) => context.Features.Get<AuditNote>();

    /// <summary>A stream begins: what ends it may keep the line of its end from being written.</summary>
    public void Begin() => begin();

    /// <summary>A stream is over.</summary>
    public void End(long accepted, long rejected) => _items = (accepted, rejected);

    /// <summary>What is asked for.</summary>
    public void Take(object body)
    {
        switch (body)
        {
            case CreateGalleryRequest create:
                _gallery = Short(create.Name);
                break;
            case EnrolImageRequest enrol:
                _image = Short(enrol.ImageId);
                break;
            case WatchRequest watch:
                _subject = Short(watch.Identity);
                break;
            case MergeIdentityRequest merge:
                (_target, _operation) = (Short(merge.Into), Short(merge.OperationId));
                break;
            case RenameIdentityRequest rename:
                (_target, _operation) = (Short(rename.To), Short(rename.OperationId));
                break;
            case MoveImagesRequest move:
                (_target, _operation) = (Short(move.To), Short(move.OperationId));
                break;
            case SplitIdentityRequest split:
                (_target, _operation) = (Short(split.To), Short(split.OperationId));
                break;
            case EraseIdentityRequest erase:
                (_image, _operation) = (Short(erase.ImageId), Short(erase.OperationId));
                break;
            case ObserveRequest observe:
                _image = Short(observe.ImageId);
                break;
            case ResolveObservationRequest resolve:
                _target = Short(resolve.Into);
                break;
            case UndoOperationRequest undo:
                _operation = Short(undo.OperationId);
                break;
            case DismissSuggestionRequest pair:
                (_subject, _target) = (Short(pair.One), Short(pair.Other));
                break;
            case IdentityAttributesRequest { Attributes: { } attributes }:
                _attributes = Short(string.Join(
                    ", ", attributes.Keys.Take(AttributeRules.MaxChanges).Order(StringComparer.Ordinal)));
                break;
            default:
                break;
        }
    }

    /// <summary>What was done.</summary>
    public void TakeAnswer(object answer)
    {
        switch (answer)
        {
            case GalleryResponse gallery:
                _gallery = gallery.Name;
                break;
            case KeyResponse key:
                _subject = key.Id;
                break;
            case EnrolImageResponse enrolled:
                _image = enrolled.ImageId;
                break;
            case ObservationResponse observed:
                (_image, _target) = (observed.ObservationId, observed.Identity);
                _images = observed.ImageIds.Count;
                break;
            case DeletionReceipt deleted:
                _images = deleted.ImagesRemoved;
                break;
            case ErasureResponse erased:
                (_image, _operation, _images) = (erased.ImageId, erased.OperationId, erased.ImagesErased);
                break;
            case OperationResponse done:
                (_source, _target) = (done.Source.Identity, done.Target.Identity);
                (_operation, _images) = (done.OperationId, done.ImagesMoved);
                break;
            default:
                break;
        }
    }

    /// <summary>Adds it to the line.</summary>
    public AuditEntry AddTo(AuditEntry entry) => entry with
    {
        Gallery = entry.Gallery ?? _gallery,
        Subject = entry.Subject ?? _subject,
        Image = entry.Image ?? _image,
        Source = _source == entry.Subject ? null : _source,
        Target = _target,
        Operation = _operation,
        Attributes = _attributes,
        Images = _images,
        Accepted = _items?.Accepted,
        Rejected = _items?.Rejected,
    };

    private static string? Short(string? name) =>
        name?.Length > MaxNameLength ? string.Concat(name.AsSpan(0, MaxNameLength), "…") : name;
}
