"""The two places where picture files can lie: folders, and buckets of a server on this machine that speaks S3."""
