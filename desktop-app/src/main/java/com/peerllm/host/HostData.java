package com.peerllm.host;

import com.peerllm.host.catalog.PinnedDigests;
import com.peerllm.host.kernel.Alarms;
import com.peerllm.host.modelstore.Disk;
import com.peerllm.host.modelstore.DownloadParts;
import com.peerllm.host.modelstore.DownloadQueue;
import com.peerllm.host.modelstore.ModelStore;
import com.peerllm.host.modelstore.ModelsFolder;
import com.peerllm.host.modelstore.ModelsMove;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.platform.InstanceLock;
import com.peerllm.host.settings.IdentityFile;
import com.peerllm.host.settings.SettingsStore;
import com.peerllm.host.storage.ChatTable;
import com.peerllm.host.storage.ComputingTable;
import com.peerllm.host.storage.DigestPinTable;
import com.peerllm.host.storage.HostDatabase;
import com.peerllm.host.storage.ListingTable;
import com.peerllm.host.storage.ModelRunTable;
import com.peerllm.host.storage.PayoutTable;
import com.peerllm.host.storage.QuarantineTable;
import com.peerllm.host.storage.ReceiptTable;
import com.peerllm.shared.identity.PeerIdentity;
import java.time.InstantSource;

/** An opened data folder, held by one program at a time: who this host is, what was chosen, what it has and earned. */
public final class HostData implements AutoCloseable {
    private final AppFolders folders;
    private final InstanceLock lock;
    private final SettingsStore settings;
    private final PeerIdentity identity;
    private final HostDatabase database;
    private final ModelsFolder modelsFolder;
    private final ModelStore models;

    private HostData(AppFolders folders, InstanceLock lock, InstantSource clock) {
        this.folders = folders;
        this.lock = lock;
        settings = new SettingsStore(folders.settings(), clock);
        identity = IdentityFile.readOrCreate(folders.identityKey());
        database = HostDatabase.open(folders.database());
        modelsFolder = new ModelsFolder(folders, () -> settings.current().get().modelsFolder());
        models = new ModelStore(modelsFolder, database.models(), clock);
    }

    /** @throws com.peerllm.host.kernel.HostException with what is wrong with the folder, which is left as it was */
    public static HostData open(AppFolders folders, InstantSource clock) {
        InstanceLock lock = InstanceLock.take(folders);
        try {
            return new HostData(folders, lock, clock);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public AppFolders folders() {
        return folders;
    }

    public SettingsStore settings() {
        return settings;
    }

    public PeerIdentity identity() {
        return identity;
    }

    public ModelStore models() {
        return models;
    }

    /** Where the files of models go. */
    public ModelsFolder modelsFolder() {
        return modelsFolder;
    }

    /** What is on its way to this computer; to be stopped before this is closed. Goes on with earlier ones when it is started. */
    public DownloadQueue downloads(Alarms alarms, Surroundings around) {
        DownloadParts parts = new DownloadParts(
                DownloadParts.http(DownloadParts.STALL_PATIENCE),
                new PinnedDigests(database.digestPins(), around.clock()),
                Disk.REAL,
                () -> settings.current().get().rules().downloadBytesPerSecond(),
                alarms,
                around.clock(),
                around.threads(),
                around.random());
        return new DownloadQueue(database.downloads(), models, modelsFolder, parts);
    }

    /** Moves the models that this program made to another folder. */
    public ModelsMove modelsMove() {
        return new ModelsMove(modelsFolder, database.models(), database.downloads(), settings, Disk.REAL);
    }

    public ReceiptTable receipts() {
        return database.receipts();
    }

    public ModelRunTable runs() {
        return database.runs();
    }

    public QuarantineTable quarantines() {
        return database.quarantines();
    }

    public DigestPinTable digestPins() {
        return database.digestPins();
    }

    public ListingTable listings() {
        return database.listings();
    }

    public ChatTable chats() {
        return database.chats();
    }

    public ComputingTable computing() {
        return database.computing();
    }

    public PayoutTable payouts() {
        return database.payouts();
    }

    @Override
    public void close() {
        database.close();
        lock.close();
    }
}
