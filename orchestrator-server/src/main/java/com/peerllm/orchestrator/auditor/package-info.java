/** Reads the transparency log of an orchestrator over the network, for whoever audits one. No part of a running orchestrator. */
package com.peerllm.orchestrator.auditor;
