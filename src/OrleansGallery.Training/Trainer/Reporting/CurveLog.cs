using System.Globalization;

namespace OrleansGallery.Training;

/// <summary>
/// The run's curve as CSV, a line per step. It holds nothing that depends on the clock, so two runs with one seed write
/// the same file; a run that goes on cuts off what came after its checkpoint first.
/// </summary>
internal sealed class CurveLog : IDisposable
{
    public const string FileName = "curve.csv";

    private const string Header =
        "step,epoch,learningRate,total,crossEntropy,triplet,center,centroidTriplet,positive,negative,centroidNorm,"
        + "centroidCrossEntropy";

    private readonly StreamWriter _writer;

    public CurveLog(string folder, long stepsToKeep)
    {
        string path = Path.Combine(folder, FileName);
        string[] kept = stepsToKeep > 0 && File.Exists(path)
            ? [.. File.ReadLines(path).Skip(1).TakeWhile(line => StepOf(line) is { } step && step <= stepsToKeep)]
            : [];
        _writer = new StreamWriter(path, append: false) { AutoFlush = true, NewLine = "\n" };
        _writer.WriteLine(Header);
        Array.ForEach(kept, _writer.WriteLine);
    }

    public void Add(StepRecord step) => _writer.WriteLine(string.Join(',', new[]
    {
        step.Step.ToString(CultureInfo.InvariantCulture),
        step.Epoch.ToString(CultureInfo.InvariantCulture),
        Text(step.LearningRate), Text(step.Total), Text(step.CrossEntropy), Text(step.Triplet), Text(step.Center),
        Text(step.CentroidTriplet), Text(step.Positive), Text(step.Negative), Text(step.CentroidNorm),
        Text(step.CentroidCrossEntropy),
    }));

    /// <summary>Reads step and total loss.</summary>
    public static IReadOnlyList<(long Step, double LearningRate, double Total)> Read(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, FileName)).Skip(1).Select(line => line.Split(',')).Select(fields => (
            long.Parse(fields[0], CultureInfo.InvariantCulture),
            double.Parse(fields[2], CultureInfo.InvariantCulture),
            double.Parse(fields[3], CultureInfo.InvariantCulture)))];

    public void Dispose() => _writer.Dispose();

    // Null for a line that a crash has cut short.
    private static long? StepOf(string line) =>
        line.Count(c => c == ',') == Header.Count(c => c == ',')
        && long.TryParse(line.AsSpan(0, line.IndexOf(',')), NumberStyles.None, CultureInfo.InvariantCulture,
            out long step)
            ? step
            : null;

    private static string Text(double? value) =>
        value is { } number ? ((float)number).ToString("R", CultureInfo.InvariantCulture) : string.Empty;
}
