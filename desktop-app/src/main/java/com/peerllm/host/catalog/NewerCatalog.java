package com.peerllm.host.catalog;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.published.BuildValues;
import com.peerllm.host.published.LastLook;
import com.peerllm.host.published.SafeAddress;
import com.peerllm.host.published.SignedSource;
import java.net.URI;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** Where newer catalogues are published, and how one is taken into use. */
public final class NewerCatalog {
    /** Names the address; see {@link BuildValues}. */
    public static final String PROPERTY = "peerllm.catalogue";

    private final Catalogs catalogs;
    private final Optional<SignedSource> source;
    private final LastLook last;

    /**
     * @param build has the address, or none
     * @throws HostException {@code USAGE} when the address is none, or one without encryption to another computer
     */
    public NewerCatalog(Catalogs catalogs, BuildValues build, OkHttpClient http, LastLook last) {
        this.catalogs = catalogs;
        source = build.text(PROPERTY).map(text -> new SignedSource(http, address(text)));
        this.last = last;
    }

    private static URI address(String text) {
        return SafeAddress.of(text)
                .orElseThrow(() -> new HostException(
                        Problem.USAGE,
                        "'" + text + "' is no address of a catalogue. Write " + PROPERTY
                                + " as https://HOST/catalog.json; http only for this computer."));
    }

    boolean hasAddress() {
        return source.isPresent();
    }

    /** The catalogue in use. */
    Catalog inUse() {
        return catalogs.read().catalog();
    }

    /**
     * Looks now, and waits for the answer.
     *
     * @return whether there was a newer one, which is in use now
     * @throws HostException when there is no address or no answer, or when what is there cannot be taken
     */
    public boolean look() {
        SignedSource from = source.orElseThrow(() -> new HostException(
                Problem.USAGE,
                "This build has no address for newer catalogues. Take a newer version of PeerLLM, or name an address"
                        + " with the system property " + PROPERTY + "."));
        boolean newer = catalogs.take(from.fetch());
        last.wentWell();
        return newer;
    }
}
