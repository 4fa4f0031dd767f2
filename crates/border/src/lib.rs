//! Receive, screen, match, inspect, decide, endorse.
