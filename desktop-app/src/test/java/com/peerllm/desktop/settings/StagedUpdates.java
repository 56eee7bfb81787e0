package com.peerllm.desktop.settings;

import com.peerllm.host.kernel.Signal;
import com.peerllm.host.update.PackageKind;
import com.peerllm.host.update.Release;
import com.peerllm.host.update.ReleaseFile;
import com.peerllm.host.update.UpdateState;
import com.peerllm.host.update.Version;
import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Newer versions as the test wants them. */
public final class StagedUpdates implements SettingsSource.Updates {
    private static final Instant THEN = Instant.parse("2026-11-20T12:00:00Z");
    public static final ReleaseFile FILE = new ReleaseFile(
            "linux",
            "x64",
            PackageKind.TAR_GZ,
            "peerllm-0.2.0-linux-x64.tar.gz",
            64_000_000,
            new ModelDigest("ab".repeat(32)));
    public static final Release RELEASE = new Release(
            1,
            Version.of("0.2.0"),
            THEN,
            THEN.plus(Duration.ofDays(30)),
            new Release.Notes(
                    "Answers faster on old processors.", Optional.of(URI.create("https://peers.example/0.2.0"))),
            Version.of("0.1.0"),
            List.of(FILE));

    public final Signal<UpdateState> state = new Signal<>(new UpdateState.UpToDate(THEN));
    public final Signal<Optional<String>> refusal = new Signal<>(Optional.empty());
    public final List<String> asked = new ArrayList<>();
    public boolean address = true;

    @Override
    public Signal<UpdateState> state() {
        return state;
    }

    @Override
    public boolean hasAddress() {
        return address;
    }

    @Override
    public Signal<Optional<String>> refusedAsOld() {
        return refusal;
    }

    @Override
    public void look() {
        asked.add("look");
    }

    @Override
    public void download() {
        asked.add("download");
    }

    @Override
    public void cancel() {
        asked.add("cancel");
    }

    @Override
    public void apply() {
        asked.add("apply");
    }

    @Override
    public void openPage(URI page) {
        asked.add("open " + page);
    }
}
