package com.peerllm.host.modelstore;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.host.storage.DownloadRow;
import com.peerllm.shared.model.ModelId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Makes a row of the downloads' list of an order: with a name that is free, where there is room. */
final class NewDownload {
    private final ModelStore store;
    private final ModelsFolder folder;
    private final DownloadParts parts;
    private final DiskRoom room;

    NewDownload(ModelStore store, ModelsFolder folder, DownloadParts parts) {
        this.store = store;
        this.folder = folder;
        this.parts = parts;
        room = new DiskRoom(parts.disk());
    }

    /** The name of the model that the order becomes; the wanted one, unless another model has it. */
    String freeName(Downloads.Order order) {
        String slug = ModelId.slug(order.name());
        if (!store.isTaken(slug, order.digest())) return slug;
        for (int n = 2; ; n++) if (!store.isTaken(slug + "-" + n, order.digest())) return slug + "-" + n;
    }

    /**
     * @param place on the list
     * @throws HostException {@code DOWNLOAD} when the disk has too little room for what is not received yet
     */
    DownloadRow row(Downloads.Order order, String name, long place) {
        Path models = folder.ready();
        refuseWithoutRoom(order, models.resolve(name + ".gguf"));
        String id = new UUID(parts.random().nextLong(), parts.random().nextLong()).toString();
        return OrderRules.row(order, id, place, name, models);
    }

    private void refuseWithoutRoom(Downloads.Order order, Path target) {
        if (order.sizeBytes().isEmpty()) return;
        try {
            long rest = order.sizeBytes().getAsLong() - PartFile.receivedBytes(target);
            Optional<String> shortage = room.shortage(target.getParent(), Math.max(0, rest));
            if (shortage.isPresent()) throw new HostException(Problem.DOWNLOAD, shortage.get());
        } catch (IOException e) {
            throw ModelImport.unwritable(target.getParent(), e);
        }
    }
}
