package com.peerllm.host.modelstore;

import com.peerllm.shared.model.ModelDigest;
import java.net.URI;
import java.nio.file.Path;

/** A process that downloads until it is killed; it says how much it has. */
final class DownloadingProgram {
    private DownloadingProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        DownloadTester tester = new DownloadTester(Path.of(arguments[0]));
        tester.bytesPerSecond.set(150_000);
        tester.queue.all().subscribe(list -> list.forEach(each -> System.out.println(each.receivedBytes())));
        tester.queue.fetch(DownloadTester.order(URI.create(arguments[1]), new ModelDigest(arguments[2])));
        Thread.currentThread().join();
    }
}
