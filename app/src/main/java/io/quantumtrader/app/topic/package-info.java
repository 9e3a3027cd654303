/** What lies on topics, read from outside of the pipeline: the commands and the agent use it. */
package io.quantumtrader.app.topic;
