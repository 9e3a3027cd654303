/** What a pipeline read and wrote, in files: written from its topics, read for a replay. */
package io.quantumtrader.replay.record;
