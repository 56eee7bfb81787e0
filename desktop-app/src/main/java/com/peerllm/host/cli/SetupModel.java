package com.peerllm.host.cli;

import com.peerllm.host.HostData;
import com.peerllm.host.catalog.Advisor;
import com.peerllm.host.catalog.Catalogs;
import com.peerllm.host.catalog.ModelChoice;
import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.modelstore.Downloads;
import com.peerllm.host.modelstore.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Which model a host begins with: one that is here, a file, or one of the catalogue that is to be downloaded. */
final class SetupModel {
    /** For the one that comes with the program. */
    static final String BUILT_IN = "built-in";

    private final HostData data;
    private final Properties properties;

    SetupModel(HostData data, Properties properties) {
        this.data = data;
        this.properties = properties;
    }

    /** What is to be served. */
    sealed interface Chosen {
        /** @param wanted its name, or the path of its file */
        record Here(String wanted) implements Chosen {}

        record Published(String id, Downloads.Order order) implements Chosen {}
    }

    /** The model of the settings when its file is here, else the one that suits this computer, else the built-in one. */
    String usual(Optional<ModelChoice> recommended) {
        return data.settings()
                .current()
                .get()
                .model()
                .filter(this::isHere)
                .or(() -> recommended.map(SetupModel::id))
                .orElse(BUILT_IN);
    }

    static Optional<ModelChoice> recommended(HostData data, Advisor advisor) {
        return ModelChoice.of(new Catalogs(data.folders()).read().catalog(), advisor);
    }

    /** With its variant, if it is not the first. */
    private static String id(ModelChoice choice) {
        boolean first = choice.model().variants().getFirst().equals(choice.variant());
        return choice.model().id() + (first ? "" : ":" + choice.variant().quantization());
    }

    static String words(ModelChoice choice) {
        String size = choice.variant().sizeBytes().isPresent()
                ? ", " + ByteSize.inWords(choice.variant().sizeBytes().getAsLong())
                : "";
        return choice.model().name() + size + " (" + choice.model().licence() + "). "
                + choice.advice().why();
    }

    private boolean isHere(String name) {
        return data.models().list().stream()
                .anyMatch(model -> model.name().equals(name) && model.presence() == StoredModel.Presence.PRESENT);
    }

    /** @throws com.peerllm.host.kernel.HostException {@code USAGE} when there is no such model */
    Chosen read(String said) {
        if (said.equals(BUILT_IN))
            return new Chosen.Here(data.models().starter().name());
        if (isHere(said) || Files.isRegularFile(Path.of(said))) return new Chosen.Here(said);
        DownloadTarget target = new DownloadTarget(data.folders(), properties);
        return new Chosen.Published(said, target.order(said, Optional.empty(), Optional.empty()));
    }
}
