using System.Globalization;
using OrleansGallery.Inference;
using OrleansGallery.Inference.Preprocessing;
using OrleansGallery.Offline;

namespace OrleansGallery.Training;

/// <summary>
/// Runs a training: batches, steps, evaluations, checkpoints, the curve. The output folder gets <c>last.safetensors</c>
/// (the whole state), <c>best.safetensors</c> and <c>model.safetensors</c> (ready to serve), <c>curve.csv</c>,
/// <c>curve.png</c> and <c>evaluation.csv</c>.
/// </summary>
public sealed class GalleryTrainer : IDisposable
{
    /// <summary>The finished model's file name.</summary>
    public const string ModelFile = "model.safetensors";

    /// <summary>The file name of the model that did best in an evaluation.</summary>
    public const string BestFile = "best.safetensors";

    /// <summary>The file name of the whole state; where it is, a run can go on.</summary>
    public const string StateFile = TrainingState.FileName;

    private readonly TrainingOptions _options;
    private readonly string _output;
    private readonly ITrainingView _view;
    private readonly TrainingData _data;
    private readonly string? _images;
    private readonly IViewSource _source;
    private readonly UnreadableImages _unreadable;
    private readonly TrainingModel _model;
    private readonly PkSampler _sampler;
    private readonly LearningRateSchedule _schedule;
    private readonly PeriodicEvaluation? _evaluation;
    private RunPosition _position = new();

    /// <summary>Opens the data and builds or restores the model.</summary>
    /// <param name="options">The checked options.</param>
    /// <param name="folder">What the options' paths are relative to.</param>
    /// <param name="output">Where files are written; it is created.</param>
    /// <param name="resume">Whether to go on from the folder's last checkpoint; without one the run starts
    /// anew.</param>
    /// <param name="view">Watches the run.</param>
    /// <exception cref="InvalidDataException">The data do not suffice, or the checkpoint is of another run.</exception>
    public GalleryTrainer(TrainingOptions options, string folder, string output, bool resume, ITrainingView view)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(view);
        (_options, _output, _view) = (options, output, view);
        TorchRuntime.Threads = options.Runtime.Threads > 0 ? options.Runtime.Threads : Environment.ProcessorCount;
        _data = TrainingData.Open(options, folder);
        _images = _data.Fingerprint();
        _source = _data.Source;
        _unreadable = new UnreadableImages(_source.ImageCount);
        _sampler = new PkSampler(_source.Identities, options.Sampler, options.Seed);
        _schedule = LearningRateSchedule.Of(options);
        _evaluation = _data is { Query: { } query, Gallery: { } gallery }
            ? new PeriodicEvaluation(query, gallery, options)
            : null;
        _model = new TrainingModel(options, _source.Identities.Count, folder, TorchDevice.Of(options.Runtime.Device));
        Directory.CreateDirectory(output);
        Report();
        Restore(resume);
    }

    /// <summary>Trains to the end.</summary>
    /// <param name="cancellationToken">Ends it after the step under way, with a checkpoint.</param>
    /// <returns>What is left.</returns>
    /// <exception cref="TrainingDivergedException">The loss became NaN; the last checkpoint is good.</exception>
    /// <exception cref="InvalidDataException">Too many images cannot be read.</exception>
    public TrainingResult Run(CancellationToken cancellationToken)
    {
        using BatchLoader loader = new(
            _source,
            _unreadable,
            _options.Sampler.Identities * _options.Sampler.Images,
            new BatchLoaderOptions
            {
                Height = _options.Network.Height,
                Width = _options.Network.Width,
                Seed = _options.Seed,
                Normalization = new Normalization(_options.Network.Mean, _options.Network.Std),
                Augmentation = _options.Augmentation,
                Threads = _options.Runtime.LoaderThreads,
                BatchesAhead = _options.Runtime.BatchesAhead,
            });
        using CurveLog log = new(_output, _position.Steps);
        TrainingStep step = new(_model, _options);
        SpeedMeter meter = new(loader, _position.Seconds);
        double? loss = null;
        while (_position.Epoch < _options.Epochs)
        {
            loss = RunEpoch(loader, log, step, meter, cancellationToken);
            _position = _position with { Epoch = _position.Epoch + 1, Batch = 0 };
            Evaluate(cancellationToken);
            Save(meter);
            CurvePlot.Draw(_output, _options.Name);
        }

        return Finish(loss, meter.Seconds, cancellationToken);
    }

    /// <summary>Frees the model and closes the data.</summary>
    public void Dispose()
    {
        _model.Dispose();
        _data.Dispose();
    }

    private double RunEpoch(
        BatchLoader loader, CurveLog log, TrainingStep step, SpeedMeter meter, CancellationToken cancellationToken)
    {
        IReadOnlyList<SampledRow[]> plan = _sampler.Plan(_position.Epoch);
        loader.Begin(plan, _position.Epoch, _position.Batch);
        double loss = double.NaN;
        while (loader.Next() is { } batch)
        {
            double rate = _schedule.At(_position.Epoch, _position.Batch, plan.Count, _position.Steps);
            StepRecord record = step.Run(batch.Images, batch.Describe(_options.Sampler.Images), rate, new StepRecord
            {
                Epoch = _position.Epoch, Step = _position.Steps + 1, LearningRate = rate, Total = 0,
            });
            if (!double.IsFinite(record.Total))
            {
                throw Diverged(record, batch);
            }

            loss = record.Total;
            log.Add(record);
            _position = _position with { Batch = _position.Batch + 1, Steps = _position.Steps + 1 };
            meter.Add(batch.Rows.Count);
            if (_position.Steps % _options.Runtime.LogEverySteps == 0 || _position.Batch == plan.Count)
            {
                int left = ((_options.Epochs - _position.Epoch) * plan.Count) - _position.Batch;
                _view.OnStep(meter.Report(
                    record, _options.Epochs, _position.Batch, plan.Count, (long)left * batch.Rows.Count));
            }

            bool due = _options.Runtime.CheckpointEverySteps > 0
                && _position.Steps % _options.Runtime.CheckpointEverySteps == 0 && _position.Batch < plan.Count;
            if (due || cancellationToken.IsCancellationRequested)
            {
                Save(meter);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return loss;
    }

    private TrainingDivergedException Diverged(StepRecord record, LoadedBatch batch)
    {
        string[] images = [.. batch.Rows.Where(row => row.Image != SampledRow.Mock).Select(_source.NameOf)];
        string last = File.Exists(StatePath)
            ? $"'{StatePath}' holds the last good state."
            : "No checkpoint was written yet.";
        return new TrainingDivergedException(record.Step, string.Create(
            CultureInfo.InvariantCulture,
            $"The loss is {record.Total} at step {record.Step} (epoch {record.Epoch}, batch {batch.Number}). {last} "
            + $"The batch's images: {string.Join(", ", images)}. A lower optimization.learningRate often helps."));
    }

    // The last epoch's evaluation is Finish's, which uses every identity: where the others do not, it cannot be
    // compared with them, and the last model runs for the best one's place by the same identities as they did.
    private void Evaluate(CancellationToken cancellationToken)
    {
        PeriodicEvaluationOptions when = _options.Evaluation;
        bool last = _position.Epoch == _options.Epochs;
        bool due = when.EveryEpochs > 0
            && (last ? when.MaxIdentities > 0 : _position.Epoch % when.EveryEpochs == 0);
        if (due && _evaluation?.Run(
            _model.Best, _model.Device, _position.Epoch, when.MaxIdentities, cancellationToken) is { } record)
        {
            Note(record, partial: when.MaxIdentities > 0, forBest: true);
        }
    }

    private void Note(EvaluationRecord record, bool partial, bool forBest)
    {
        _view.OnEvaluation(record);
        EvaluationLog.Add(_output, record, partial);
        double score = _options.Evaluation.ByCentroids ? record.CentroidMap : record.InstanceMap;
        if (forBest && score > _position.BestScore)
        {
            _position = _position with { BestScore = score };
            Export(Path.Combine(_output, BestFile), record);
        }
    }

    private TrainingResult Finish(double? loss, double seconds, CancellationToken cancellationToken)
    {
        EvaluationRecord? record = _evaluation?.Run(_model.Best, _model.Device, _options.Epochs, 0, cancellationToken);
        if (record is not null)
        {
            Note(record, partial: false, forBest: _options.Evaluation.MaxIdentities == 0);
        }

        string path = Path.Combine(_output, ModelFile);
        Export(path, record);
        return new TrainingResult
        {
            Model = path,
            Steps = _position.Steps,
            Epochs = _options.Epochs,
            Identities = _source.Identities.Count,
            Images = _source.ImageCount,
            Unreadable = _unreadable.Reasons,
            Loss = loss,
            Seconds = seconds,
            Evaluation = record,
        };
    }

    private void Export(string path, EvaluationRecord? record) =>
        ModelExport.Save(path, _model.Best, _options, _position, _source, record);

    private void Save(SpeedMeter meter)
    {
        if (!_model.IsFinite())
        {
            throw new TrainingDivergedException(_position.Steps, string.Create(
                CultureInfo.InvariantCulture,
                $"Weights are NaN or infinite after step {_position.Steps}; '{StatePath}' keeps the last good state."));
        }

        _position = _position with { Seconds = meter.Seconds };
        TrainingState.Save(StatePath, _model, _options, _position, _images);
    }

    private string StatePath => Path.Combine(_output, TrainingState.FileName);

    private void Restore(bool resume)
    {
        if (!File.Exists(StatePath))
        {
            if (resume)
            {
                _view.OnMessage($"'{_output}' has no checkpoint; the run starts at the beginning.");
            }

            File.Delete(Path.Combine(_output, EvaluationLog.FileName));
            return;
        }

        if (!resume)
        {
            throw new InvalidDataException(
                $"'{StatePath}' is there already: go on from it with --resume, remove it, or train into another "
                + "folder.");
        }

        _position = TrainingState.Load(StatePath, _model, _options, _images);
        _view.OnMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"Going on after step {_position.Steps} (epoch {_position.Epoch}, batch {_position.Batch})."));
    }

    private void Report()
    {
        _view.OnMessage($"{_source.Identities.Count} identities with {_source.ImageCount} images to train on.");
        Tell(_source.LeftOut, "identities or photographs take no part (a single image, or unreadable)");
        foreach (ImageSet set in _data.Sets)
        {
            Tell(set.EmptyIdentities, $"identities of '{set.Name}' have no image");
            Tell(set.Skipped, $"files of '{set.Name}' are left out");
            if (set.PassedOver is { } passedOver)
            {
                _view.OnMessage($"'{set.Name}': {passedOver}.");
            }
        }

        Tell(_evaluation?.Missing ?? [], "query identities have no image in the gallery; their queries do not count");
    }

    private void Tell(IReadOnlyList<string> items, string what)
    {
        const int shown = 5;
        if (items.Count > 0)
        {
            string more = items.Count > shown ? ", ..." : string.Empty;
            _view.OnMessage($"{items.Count} {what}: {string.Join(", ", items.Take(shown))}{more}");
        }
    }
}
