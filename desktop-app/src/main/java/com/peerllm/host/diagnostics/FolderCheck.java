package com.peerllm.host.diagnostics;

import com.peerllm.host.kernel.ByteSize;
import com.peerllm.host.platform.AppFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the data folder can be used, is its owner's only, and has room. */
final class FolderCheck implements Doctor.Check {
    private static final long LITTLE_ROOM = 5_000_000_000L;
    private static final long TOO_LITTLE_ROOM = 300_000_000L;
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final AppFolders folders;

    FolderCheck(AppFolders folders) {
        this.folders = folders;
    }

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        findings.add(folder());
        findings.add(disk());
        return findings;
    }

    private Finding folder() {
        Path data = folders.data();
        if (!Files.exists(data))
            return Finding.ok("folder", "The data folder " + data + " is made at the first start.");
        if (!Files.isDirectory(data) || !Files.isWritable(data))
            return Finding.fail(
                    "folder",
                    "The data folder " + data + " cannot be written.",
                    "Check its permissions, or choose another with --data.");
        if (othersMay(data) || othersMay(folders.identityKey()))
            return Finding.warn(
                    "folder",
                    "Others on this computer can read the data folder " + data + ", and the host's key in it.",
                    "Run: chmod -R go= " + data);
        return Finding.ok("folder", "The data folder " + data + " can be written and is its owner's only.");
    }

    private static boolean othersMay(Path path) {
        try {
            if (!Files.exists(path)
                    || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) return false;
            return Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains);
        } catch (IOException e) {
            return true;
        }
    }

    private Finding disk() {
        Path there = folders.data();
        while (there != null && !Files.exists(there)) there = there.getParent();
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String found = ByteSize.inWords(free) + " of disk are free where the data folder is.";
            if (free < TOO_LITTLE_ROOM) return Finding.fail("disk", found, "Free disk space.");
            if (free < LITTLE_ROOM)
                return Finding.warn("disk", found, "Free disk space before you download models of some gigabytes.");
            return Finding.ok("disk", found);
        } catch (IOException e) {
            return Finding.warn("disk", "The free disk space is not known.", "Check that the disk is there.");
        }
    }
}
