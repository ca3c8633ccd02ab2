using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;
using OrleansGallery.Retrieval;

namespace OrleansGallery.Storage;

/// <summary>The parameters of <see cref="CommitText"/>: a commit's changes, taken apart into columns.</summary>
internal sealed class CommitArrays
{
    private const NpgsqlDbType Int64s = NpgsqlDbType.Array | NpgsqlDbType.Bigint;
    private const NpgsqlDbType Int32s = NpgsqlDbType.Array | NpgsqlDbType.Integer;
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType Bytes = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
    private const NpgsqlDbType Guids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;

    private readonly IReadOnlyList<PartitionWrite> _writes;
    private readonly List<Change> _saved = [];
    private readonly List<Change> _ended = [];
    private readonly List<Part<StoredFacet>> _sums = [];
    private readonly List<(Part<StoredImage> Part, Guid? Picture)> _images = [];
    private readonly List<(Part<StoredImage> Part, Guid? Picture)> _replaced = [];
    private readonly List<(int Share, Guid Id, StoredPicture Picture)> _pictures = [];
    private readonly List<Part<string>> _droppedImages = [];
    private readonly List<Part<string>> _droppedSums = [];
    private readonly List<(int Share, StoredOperation Note)> _notes = [];

    /// <summary>Takes a commit apart.</summary>
    /// <param name="writes">The commit.</param>
    public CommitArrays(IReadOnlyList<PartitionWrite> writes)
    {
        _writes = writes;
        for (int share = 0; share < writes.Count; share++)
        {
            foreach (IdentityWrite write in writes[share].Identities)
            {
                long gallery = writes[share].Held.Key.Gallery;
                short slot = (short)IdentitySlot.Of(write.IdentityId);
                Add(new Change(share + 1, new Place(gallery, slot, write.IdentityId), write));
            }
        }
    }

    /// <summary>The statement that does what this commit needs.</summary>
    public string Text => _notes.Count > 0 ? CommitText.Noting
        : !IsAdding ? CommitText.Full
        : _pictures.Count > 0 ? CommitText.AddingPictures
        : CommitText.Adding;

    /// <summary>Whether nothing is removed or noted, so that one plan serves.</summary>
    public bool IsAdding =>
        _ended.Count + _replaced.Count + _droppedImages.Count + _droppedSums.Count + _notes.Count == 0;

    /// <summary>Adds the parameters in the order of their numbers.</summary>
    /// <param name="parameters">A command's.</param>
    /// <param name="all">Whether those too that <see cref="Text"/> does without.</param>
    public void AddTo(NpgsqlParameterCollection parameters, bool all = false)
    {
        AddShares(parameters);
        AddSaved(parameters);
        AddSums(parameters);
        AddCount(parameters, _images.Count);
        AddImages(parameters, _images);
        if (all || !IsAdding || _pictures.Count > 0)
        {
            AddPictures(parameters);
        }

        if (all || !IsAdding)
        {
            AddImages(parameters, _replaced);
            AddNames(parameters, _droppedImages);
            AddNames(parameters, _droppedSums);
            AddEnded(parameters);
        }

        if (_notes.Count > 0)
        {
            AddNotes(parameters);
        }
    }

    private void Add(Change change)
    {
        IdentityWrite write = change.Write;
        if (write.Note is { } note)
        {
            _notes.Add((change.Share, note));
        }

        if (write.Count == 0)
        {
            _ended.Add(change);
            return;
        }

        _saved.Add(change);
        foreach (StoredFacet facet in write.Facets)
        {
            if (facet.Count == 0)
            {
                _droppedSums.Add(new(change.Place, facet.Facet));
            }
            else
            {
                _sums.Add(new(change.Place, facet));
            }
        }

        AddImages(change);
    }

    private void AddImages(Change change)
    {
        HashSet<string> removed = change.Write.RemovedImages.ToHashSet(StringComparer.Ordinal);
        foreach (StoredImage image in change.Write.AddedImages)
        {
            (removed.Remove(image.ImageId) ? _replaced : _images).Add(
                (new(change.Place, image), image.Picture is null ? null : Note(change.Share, image.Picture)));
        }

        _droppedImages.AddRange(removed.Select(image => new Part<string>(change.Place, image)));
    }

    // Ids that grow with time, so that new ones come together at the end of their index.
    private Guid Note(int share, StoredPicture picture)
    {
        Guid id = Guid.CreateVersion7();
        _pictures.Add((share, id, picture));
        return id;
    }

    private void AddShares(NpgsqlParameterCollection to)
    {
        Add(to, Int64s, _writes, write => write.Held.Key.Gallery);
        Add(to, Int32s, _writes, write => write.Held.Key.Partition);
        Add(to, Guids, _writes, write => write.Held.Owner);
        Add(to, Int64s, _writes, write => write.Held.Epoch);
        Add(to, Int64s, _writes, write => write.Sequence);
        Add(to, Guids, _writes, write => write.Token);
        Add(to, Int64s, _writes, write => write.Totals.Identities);
        Add(to, Int64s, _writes, write => write.Totals.Images);
        Add(to, Int64s, _writes, write => write.Totals.Rows);
        Add(to, Bytes, _writes, write => write.Totals.Hash.ToByteArray());
    }

    private void AddSaved(NpgsqlParameterCollection to)
    {
        AddCount(to, _saved.Count);
        Add(to, Int64s, _saved, change => (long)change.Share);
        AddSlots(to, _saved, change => change.Place);
        Add(to, Texts, _saved, change => change.Place.Identity);
        Add(to, Int64s, _saved, change => change.Write.Count);
        Add(to, Bytes, _saved, change => change.Write.Hash.ToByteArray());
        Add(to, Bytes, _saved, change => change.Write.Centroid);
        Add(to, Texts, _saved, change => AttributeText.Of(change.Write.Attributes));
    }

    private void AddSums(NpgsqlParameterCollection to)
    {
        AddCount(to, _sums.Count);
        AddPlaces(to, _sums);
        Add(to, Texts, _sums, sum => sum.Value.Facet);
        Add(to, Int64s, _sums, sum => sum.Value.Count);
        Add(to, Bytes, _sums, sum => PackedSum.Pack(sum.Value.Sum));
    }

    private static void AddImages(
        NpgsqlParameterCollection to, List<(Part<StoredImage> Part, Guid? Picture)> images)
    {
        AddPlaces(to, images.ConvertAll(image => image.Part));
        Add(to, Texts, images, image => image.Part.Value.ImageId);
        Add(to, Texts, images, image => image.Part.Value.Facet);
        Add(to, Bytes, images, image => image.Part.Value.ContentHash);
        Add(to, Int64s, images, image => image.Part.Value.TakenAt?.ToUnixTimeMilliseconds());
        Add(to, Bytes, images, image => image.Part.Value.Embedding);
        Add(to, Guids, images, image => image.Picture);
    }

    private void AddPictures(NpgsqlParameterCollection to)
    {
        AddCount(to, _pictures.Count);
        Add(to, Int64s, _pictures, picture => (long)picture.Share);
        Add(to, Guids, _pictures, picture => picture.Id);
        Add(to, Int64s, _pictures, picture => picture.Picture.Bytes);
        Add(to, Bytes, _pictures, picture => picture.Picture.ThumbnailHash);
        Add(to, Bytes, _pictures, picture => picture.Picture.Thumbnail);
        Add(to, Bytes, _pictures, picture => picture.Picture.Original);
    }

    private void AddEnded(NpgsqlParameterCollection to)
    {
        Add(to, Int64s, _ended, change => (long)change.Share);
        AddSlots(to, _ended, change => change.Place);
        Add(to, Texts, _ended, change => change.Place.Identity);
        Add(to, Bytes, _ended, change => DigestOf(change.Place.Identity));
    }

    private void AddNotes(NpgsqlParameterCollection to)
    {
        Add(to, Int64s, _notes, note => (long)note.Share);
        Add(to, Texts, _notes, note => note.Note.Id);
        Add(to, Bytes, _notes, note => note.Note.Digest);
        Add(to, Texts, _notes, note => note.Note.Receipt);
        Add(to, Int64s, _notes, note => note.Note.ExpiresAt.ToUnixTimeMilliseconds());
    }

    private static byte[] DigestOf(string identityId)
    {
        byte[] digest = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(digest, StoredRemoval.DigestOf(identityId));
        return digest;
    }

    private static void AddNames(NpgsqlParameterCollection to, List<Part<string>> names)
    {
        AddPlaces(to, names);
        Add(to, Texts, names, name => name.Value);
    }

    private static void AddPlaces<T>(NpgsqlParameterCollection to, List<Part<T>> parts)
    {
        Add(to, Int64s, parts, part => part.Place.Gallery);
        AddSlots(to, parts, part => part.Place);
        Add(to, Texts, parts, part => part.Place.Identity);
    }

    private static void AddSlots<T>(NpgsqlParameterCollection to, List<T> rows, Func<T, Place> place) =>
        Add(to, NpgsqlDbType.Array | NpgsqlDbType.Smallint, rows, row => place(row).Slot);

    private static void AddCount(NpgsqlParameterCollection to, int count) =>
        to.Add(new NpgsqlParameter<int> { TypedValue = count, NpgsqlDbType = NpgsqlDbType.Integer });

    private static void Add<TRow, T>(
        NpgsqlParameterCollection to, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        T[] values = new T[rows.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        to.Add(new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = type });
    }

    private readonly record struct Place(long Gallery, short Slot, string Identity);

    private readonly record struct Change(int Share, Place Place, IdentityWrite Write);

    private readonly record struct Part<T>(Place Place, T Value);
}
