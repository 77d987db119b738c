"""The sound of a story: music cut or repeated to its length, faded and levelled; or silence."""

from wajo_studio.progress import JobContext
from wajo_studio.video.command import METER, REPORTING, graph_inputs
from wajo_studio.video.filtergraph import FilterGraph
from wajo_studio.video.invoke import run_ffmpeg
from wajo_studio.video.loudness import Loudness, gain_to_target, parse_loudness
from wajo_studio.video.sound import Levels, finished, levelled, music_bed
from wajo_studio.video.source import SoundSource
from wajo_studio.video.story_plan import StoryPlan


def story_sound(
    graph: FilterGraph, plan: StoryPlan, music: SoundSource | None, gain_db: float
) -> str:
    """Add the story's sound to the encoder's graph; returns its label.

    Args:
        graph: gets the music as an input.
        plan: how long it has to be.
        music: None gives silence.
        gain_db: what the music is raised by.
    """
    bed = music_bed(graph, plan, music) if music else None
    return finished(graph, plan, bed, Levels(whole_db=gain_db))


def needed_gain_db(plan: StoryPlan, music: SoundSource, ctx: JobContext) -> float:
    """What the bed has to be raised by to come out at the loudness of all clips.

    Raises:
        FfmpegError: the sound cannot be decoded.
        Cancelled: the job was cancelled.
    """

    def measured(gain_db: float | None) -> Loudness:
        graph = FilterGraph(inputs_before=0)
        raised = [] if gain_db is None else levelled(gain_db)
        label = graph.chain(music_bed(graph, plan, music), [*raised, METER])
        arguments = ["-loglevel", "info", "-nostats", *REPORTING, *graph_inputs(graph)]
        arguments += ["-filter_complex", str(graph), "-map", label, "-f", "null", "-"]
        return parse_loudness(run_ffmpeg(arguments, ctx))

    return gain_to_target(measured)
