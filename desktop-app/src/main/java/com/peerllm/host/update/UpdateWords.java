package com.peerllm.host.update;

import java.time.Instant;
import java.util.Locale;

/** What a terminal says of each state, in a sentence with what to do. */
public final class UpdateWords {
    private static final double PERCENT = 100;

    private UpdateWords() {}

    public static String of(UpdateState state) {
        return switch (state) {
            case UpdateState.NoAddress _ ->
                "This build has no address for updates. Newer versions are where you got this one.";
            case UpdateState.NotLooked _ ->
                "Nobody has looked for a newer version yet, or what was seen is out of date. `update check` looks.";
            case UpdateState.Looking _ -> "Looking for a newer version.";
            case UpdateState.UpToDate(Instant at) -> "This is the newest version (as of " + at + ").";
            case UpdateState.Available available -> available(available);
            case UpdateState.Waiting(Release release, String why) -> "Version " + release.version() + " waits. " + why;
            case UpdateState.Downloading(Release release, long received, long total) ->
                String.format(Locale.ROOT, "Version %s: %.0f %%", release.version(), PERCENT * received / total);
            case UpdateState.Staged staged -> staged(staged);
            case UpdateState.Installing(Release release) -> "Version " + release.version() + " is being installed.";
            case UpdateState.Applied(Release release) ->
                "Version " + release.version() + " starts the next time. Stop the program and start it again.";
            case UpdateState.Refused(String sentence) -> sentence;
            case UpdateState.Unreachable(String sentence) -> sentence;
            case UpdateState.Failed failed -> failed.sentence();
        };
    }

    private static String staged(UpdateState.Staged staged) {
        String version = "Version " + staged.release().version();
        return switch (staged.way()) {
            case Way.Switch _ -> version + " is ready. `update apply` lets the next start have it.";
            case Way.Command command -> version + " is here and proven. Install it with: " + command.line();
        };
    }

    private static String available(UpdateState.Available available) {
        Release release = available.release();
        String there = "Version " + release.version() + " is available"
                + (available.needed() ? ", and this one is not looked after any more" : "") + ". "
                + release.notes().text()
                + release.notes().page().map(page -> " More: " + page).orElse("") + "\n";
        return there
                + (available.file().isPresent()
                        ? "`update download` fetches it."
                        : "This program was not installed from a package: get that version the way you got this one.");
    }
}
