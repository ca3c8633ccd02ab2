namespace OrleansGallery.Drawing;

/// <summary>A product's label; its colours are the product's plate and ink colours.</summary>
/// <param name="Text">Three to five characters of A-Z and 0-9, distinct within a catalogue.</param>
/// <param name="Plate">The plate's outline.</param>
/// <param name="Emblem">The figure drawn with the text.</param>
internal sealed record ProductLabel(string Text, PlateKind Plate, EmblemKind Emblem)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    internal static ProductLabel Draw(KeyedRandom random, PlateKind plate, EmblemKind emblem, HashSet<string> taken)
    {
        string text;
        do
        {
            char[] letters = new char[3 + random.Below(3)];
            for (int i = 0; i < letters.Length; i++)
            {
                letters[i] = Alphabet[random.Below(Alphabet.Length)];
            }

            text = new string(letters);
        }
        while (!taken.Add(text));

        return new ProductLabel(text, plate, emblem);
    }
}
