using System.Globalization;

namespace OrleansGallery.Training;

/// <summary>The evaluations as CSV, a line each; a run that goes on writes those it repeats once more.</summary>
internal static class EvaluationLog
{
    public const string FileName = "evaluation.csv";

    public static void Add(string folder, EvaluationRecord record, bool partial)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            File.WriteAllText(
                path, "epochs,identities,queries,instanceMap,instanceRank1,centroidMap,centroidRank1,partial\n");
        }

        File.AppendAllText(path, string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Epochs},{record.Identities},{record.Queries},{record.InstanceMap:0.000000},"
            + $"{record.InstanceRank1:0.000000},{record.CentroidMap:0.000000},{record.CentroidRank1:0.000000},"
            + $"{(partial ? "true" : "false")}\n"));
    }
}
